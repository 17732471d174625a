package igpt.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An ONNX graph that is being put together. Values are known by their names. Small constants are in it; the numbers of
 * weights are fetched one weight at a time, when the graph is written.
 */
final class Graph {
    /** The axis of pictures: as many as the caller likes. */
    private static final String BATCH = "batch";

    private final GraphProto.Builder proto;
    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();
    private final Map<String, Integer> operations = new LinkedHashMap<>(); // of each kind in each scope
    private String scope = "";

    /** float32 numbers, row by row. */
    interface Numbers {
        float[] get() throws IOException;
    }

    record Weight(List<Long> shape, Numbers numbers) {
        long bytes() {
            return Float.BYTES * shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    Graph(String name) {
        proto = GraphProto.newBuilder().setName(name);
    }

    /** What is added from now on is named within this, such as {@code h3/}. */
    void enter(String scope) {
        this.scope = scope;
    }

    /** An operation with one output, which is returned. */
    String add(String operator, List<String> inputs, AttributeProto... attributes) {
        return add(operator, inputs, 1, attributes).get(0);
    }

    /** An operation. */
    List<String> add(String operator, List<String> inputs, int outputs, AttributeProto... attributes) {
        var name = scope + operator;
        int before = operations.merge(name, 1, Integer::sum) - 1;
        var unique = before == 0 ? name : name + "_" + before;
        var names = outputs == 1
                ? List.of(unique)
                : IntStream.range(0, outputs).mapToObj(i -> unique + ":" + i).toList();
        proto.addNode(node(operator, inputs, names, attributes).setName(unique));
        return names;
    }

    private static NodeProto.Builder node(
            String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(Arrays.asList(attributes));
    }

    /** @param axes after that of the batch */
    String input(String name, DataType type, long... axes) {
        proto.addInput(value(name, type, axes));
        return name;
    }

    /** Gives a value to the caller, by that name. */
    void output(String name, String value, DataType type, long... axes) {
        proto.addNode(node("Identity", List.of(value), List.of(name)).setName(name));
        proto.addOutput(value(name, type, axes));
    }

    private static ValueInfoProto value(String name, DataType type, long... axes) {
        var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
        tensor.getShapeBuilder().addDim(Dimension.newBuilder().setDimParam(BATCH));
        for (long axis : axes) {
            tensor.getShapeBuilder().addDim(Dimension.newBuilder().setDimValue(axis));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    String weight(String name, List<Long> shape, Numbers numbers) {
        weights.putIfAbsent(name, new Weight(shape, numbers));
        return name;
    }

    /** A vector of whole numbers. */
    String ints(String name, long... values) {
        var bytes = littleEndian(Long.BYTES * values.length);
        bytes.asLongBuffer().put(values);
        return constant(name, DataType.INT64, bytes, values.length);
    }

    String scalar(String name, float value) {
        return constant(name, DataType.FLOAT, littleEndian(Float.BYTES).putFloat(0, value));
    }

    String doubles(String name, double[] values, long... shape) {
        var bytes = littleEndian(Double.BYTES * values.length);
        bytes.asDoubleBuffer().put(values);
        return constant(name, DataType.DOUBLE, bytes, shape);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String constant(String name, DataType type, ByteBuffer bytes, long... shape) {
        var tensor = header(name, type, Arrays.stream(shape).boxed().toList())
                .setRawData(ByteString.copyFrom(bytes))
                .build();
        var there = constants.putIfAbsent(name, tensor);
        if (there != null && !there.equals(tensor)) {
            throw new IllegalStateException("two constants " + name);
        }
        return name;
    }

    /** A tensor without its numbers. */
    static TensorProto.Builder header(String name, DataType type, List<Long> shape) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(shape);
    }

    /** All but the weights. */
    GraphProto proto() {
        return proto.clone().addAllInitializer(constants.values()).build();
    }

    /** By name, in the order of the forward pass. */
    Map<String, Weight> weights() {
        return weights;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }
}
