package igpt.graph;

import igpt.model.Functions;
import igpt.model.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/**
 * The functions a graph calls. XLA compiles each once, however often it is called: a model of 24 blocks starts as soon as
 * one of one block. It also makes sums bit-reproducible, which those of TensorFlow's own kernels are not, so whatever adds
 * up stands in a function.
 *
 * <p>Inputs and outputs are float32: integers lie in the host's memory even where a function is computed on a GPU. To
 * TensorFlow they have places in place of names.
 */
final class CompiledFunctions implements Functions, AutoCloseable {
    private final Map<String, Defined> functions = new HashMap<>();

    private record Defined(ConcreteFunction function, List<String> inputs, List<String> outputs) {}

    @Override
    public Tensors call(Ops tf, String name, Tensors inputs, Body body) {
        var defined = functions.computeIfAbsent(name, key -> define(key, inputs, body));
        if (!List.copyOf(inputs.names()).equals(defined.inputs())) {
            throw new IllegalArgumentException(
                    "function %s takes %s, not %s".formatted(name, defined.inputs(), inputs.names()));
        }
        var call = tf.scope()
                .opBuilder("PartitionedCall", name)
                .addInputList(inputs.values().stream().map(in -> in.asOutput()).toArray(Output<?>[]::new))
                .setAttr("f", defined.function())
                .setAttr("Tin", floats(inputs.names().size()))
                .setAttr("Tout", floats(defined.outputs().size()))
                .setAttr("_XlaMustCompile", true)
                .build();
        var outputs = Tensors.none();
        for (var output : defined.outputs()) {
            outputs = outputs.with(output, call.output(outputs.names().size()));
        }
        return outputs;
    }

    private static Defined define(String name, Tensors inputs, Body body) {
        try (var graph = new Graph()) {
            var tf = Ops.create(graph);
            var signature = Signature.builder(name);
            var arguments = Tensors.none();
            for (var input : inputs.names()) {
                arguments = arguments.with(input, tf.placeholder(TFloat32.class));
            }
            for (int i = 0; i < arguments.values().size(); i++) {
                signature.input("input" + i, arguments.values().get(i));
            }
            var outputs = body.of(tf, arguments);
            for (int i = 0; i < outputs.values().size(); i++) {
                signature.output("output" + i, outputs.values().get(i));
            }
            return new Defined(
                    ConcreteFunction.create(signature.build(), graph),
                    List.copyOf(inputs.names()),
                    List.copyOf(outputs.names()));
        }
    }

    private static DataType[] floats(int count) {
        DataType[] types = new DataType[count];
        Arrays.fill(types, DataType.DT_FLOAT);
        return types;
    }

    @Override
    public void close() {
        functions.values().forEach(defined -> defined.function().close());
    }
}
