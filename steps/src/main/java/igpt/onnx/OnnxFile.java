package igpt.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.CodedOutputStream;
import igpt.onnx.Graph.Weight;
import igpt.weights.Channels;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a graph, one weight at a time: Protocol Buffers would want all of it in memory. A message may be of 2 GB at most, so
 * the weights of a larger model stand in a file of their own.
 *
 * <p>The classes of ONNX's messages are those of {@code tribuo-util-onnx}, a kept library that has them for Java. Its own
 * builder, ONNXContext, takes no tokens (inputs are float vectors) and no weights outside the file, and lacks MatMul, Reshape
 * and most else that a Transformer needs.
 */
final class OnnxFile {
    /** Any runtime since 2020 reads these. */
    static final int OPSET = 13;

    private static final int IR_VERSION = 7;
    private static final int MORE = 16; // a graph's tag and length
    private static final int PAGE = 4096; // where weights begin in a file of their own, so that they can be mapped

    private OnnxFile() {}

    /**
     * Writes {@code NAME.onnx} and, if that would have more than {@code largest} bytes, the weights into {@code
     * NAME.onnx.data} next to it.
     *
     * @param about what else is told in the file, by key
     */
    static void write(Path file, Graph graph, Map<String, String> about, long largest) throws IOException {
        if (model(about).build().getSerializedSize() + MORE + inlined(graph) <= largest) {
            try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
                writeWhole(out, graph, about);
            }
            return;
        }
        var data = file.resolveSibling(file.getFileName() + ".data");
        Files.write(file, model(about).setGraph(outside(graph, data)).build().toByteArray());
        try (var out = new BufferedOutputStream(Files.newOutputStream(data))) {
            for (var weight : graph.weights().values()) {
                write(out, weight);
                out.write(new byte[(int) (pages(weight) - weight.bytes())]);
            }
        }
    }

    private static ModelProto.Builder model(Map<String, String> about) {
        var model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("iGPT Batch")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET));
        about.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model;
    }

    /** A message is its fields one after the other; one that is a message itself has its length before it. */
    private static void writeWhole(OutputStream stream, Graph graph, Map<String, String> about) throws IOException {
        var out = CodedOutputStream.newInstance(stream);
        model(about).build().writeTo(out);
        out.writeTag(ModelProto.GRAPH_FIELD_NUMBER, 2);
        out.writeUInt64NoTag(inlined(graph));
        graph.proto().writeTo(out);
        for (var weight : graph.weights().entrySet()) {
            var header = header(weight.getKey(), weight.getValue()).build();
            out.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, 2);
            out.writeUInt64NoTag(inlined(header, weight.getValue()));
            header.writeTo(out);
            out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, 2);
            out.writeUInt64NoTag(weight.getValue().bytes());
            out.flush();
            write(stream, weight.getValue());
        }
        out.flush();
    }

    private static void write(OutputStream out, Weight weight) throws IOException {
        var numbers = weight.numbers().get();
        if ((long) Float.BYTES * numbers.length != weight.bytes()) {
            throw new IllegalStateException("%d numbers of shape %s".formatted(numbers.length, weight.shape()));
        }
        Channels.floats(numbers, bytes -> out.write(bytes.array(), 0, bytes.limit()));
    }

    private static TensorProto.Builder header(String name, Weight weight) {
        return Graph.header(name, DataType.FLOAT, weight.shape());
    }

    /** The length of a graph's message with the weights in it. */
    private static long inlined(Graph graph) {
        long bytes = graph.proto().getSerializedSize();
        for (var weight : graph.weights().entrySet()) {
            long tensor = inlined(header(weight.getKey(), weight.getValue()).build(), weight.getValue());
            bytes += CodedOutputStream.computeTagSize(GraphProto.INITIALIZER_FIELD_NUMBER)
                    + CodedOutputStream.computeUInt64SizeNoTag(tensor)
                    + tensor;
        }
        return bytes;
    }

    private static long inlined(TensorProto header, Weight weight) {
        return header.getSerializedSize()
                + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
                + CodedOutputStream.computeUInt64SizeNoTag(weight.bytes())
                + weight.bytes();
    }

    /** The graph, which says where in that file its weights are. */
    private static GraphProto outside(Graph graph, Path data) {
        var all = graph.proto().toBuilder();
        long from = 0;
        for (var weight : graph.weights().entrySet()) {
            all.addInitializer(header(weight.getKey(), weight.getValue())
                    .setDataLocation(DataLocation.EXTERNAL)
                    .addExternalData(entry("location", String.valueOf(data.getFileName())))
                    .addExternalData(entry("offset", String.valueOf(from)))
                    .addExternalData(
                            entry("length", String.valueOf(weight.getValue().bytes()))));
            from += pages(weight.getValue());
        }
        return all.build();
    }

    private static StringStringEntryProto.Builder entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value);
    }

    /** The bytes of a weight, rounded up. */
    private static long pages(Weight weight) {
        return (weight.bytes() + PAGE - 1) / PAGE * PAGE;
    }
}
