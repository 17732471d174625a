package igpt.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
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
 * <p>Inputs and outputs are float32: integers lie in the host's memory even where a function is computed on a GPU.
 */
final class Functions implements AutoCloseable {
    private final Map<String, ConcreteFunction> functions = new HashMap<>();

    /** What a function does, in operations of a graph of its own. */
    interface Body {
        List<Operand<TFloat32>> of(Ops tf, List<Operand<TFloat32>> inputs);
    }

    /**
     * Calls a function; the first call of a name defines it.
     *
     * @param inputs all of which it uses
     */
    List<Operand<TFloat32>> call(Ops tf, String name, List<Operand<TFloat32>> inputs, Body body) {
        ConcreteFunction function = functions.computeIfAbsent(name, key -> define(key, inputs.size(), body));
        OperationBuilder builder = tf.scope()
                .opBuilder("PartitionedCall", name)
                .addInputList(inputs.stream().map(Operand::asOutput).toArray(Output<?>[]::new))
                .setAttr("f", function)
                .setAttr("Tin", floats(inputs.size()))
                .setAttr("Tout", floats(function.signature().outputNames().size()))
                .setAttr("_XlaMustCompile", true);
        Operation call = builder.build();
        List<Operand<TFloat32>> outputs = new ArrayList<>();
        for (int i = 0; i < call.numOutputs(); i++) {
            outputs.add(call.output(i));
        }
        return outputs;
    }

    private static ConcreteFunction define(String name, int inputs, Body body) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Signature.Builder signature = Signature.builder(name);
            List<Operand<TFloat32>> arguments = new ArrayList<>();
            for (int i = 0; i < inputs; i++) {
                arguments.add(tf.placeholder(TFloat32.class));
                signature.input("input" + i, arguments.get(i));
            }
            List<Operand<TFloat32>> outputs = body.of(tf, arguments);
            for (int i = 0; i < outputs.size(); i++) {
                signature.output("output" + i, outputs.get(i));
            }
            return ConcreteFunction.create(signature.build(), graph);
        }
    }

    private static DataType[] floats(int count) {
        DataType[] types = new DataType[count];
        Arrays.fill(types, DataType.DT_FLOAT);
        return types;
    }

    @Override
    public void close() {
        functions.values().forEach(ConcreteFunction::close);
    }
}
