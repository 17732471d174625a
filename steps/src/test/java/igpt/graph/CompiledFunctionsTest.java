package igpt.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.device.Device;
import igpt.device.Devices;
import igpt.model.ModelConfig;
import igpt.model.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class CompiledFunctionsTest {
    @Test
    void aCallTakesAndReturnsByName() {
        try (CompiledFunctions functions = new CompiledFunctions();
                Graph graph = new Graph();
                Session session = Devices.open(graph, Device.cpu(2))) {
            Ops tf = Ops.create(graph);
            Tensors inputs =
                    Tensors.of("a", tf.constant(8f)).with("b", tf.constant(2f)).with("c", tf.constant(1f));
            Tensors once = functions.call(tf, "both", inputs, CompiledFunctionsTest::quotientAndDifference);
            Tensors again = Tensors.of("a", once.get("quotient"))
                    .with("b", once.get("difference"))
                    .with("c", once.get("quotient"));
            Tensors twice = functions.call(tf, "both", again, CompiledFunctionsTest::quotientAndDifference);
            try (Result out = session.runner()
                    .fetch(twice.get("quotient"))
                    .fetch(twice.get("difference"))
                    .run()) {
                assertThat(((TFloat32) out.get(0)).getFloat()).isEqualTo((8f / 2) / (8 - 1));
                assertThat(((TFloat32) out.get(1)).getFloat()).isEqualTo(0);
            }
        }
    }

    private static Tensors quotientAndDifference(Ops tf, Tensors in) {
        return Tensors.of("quotient", tf.math.div(in.get("a"), in.get("b")))
                .with("difference", tf.math.sub(in.get("a"), in.get("c")));
    }

    @Test
    void aCallWithOtherNamesThanTheFirstIsRefused() {
        try (CompiledFunctions functions = new CompiledFunctions();
                Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            functions.call(tf, "same", Tensors.of("a", tf.constant(8f)), (ops, in) -> Tensors.of("b", in.get("a")));
            assertThatThrownBy(() -> functions.call(tf, "same", Tensors.of("x", tf.constant(8f)), (ops, in) -> in))
                    .hasMessage("function same takes [a], not [x]");
        }
    }

    @Test
    void aModelOfMoreBlocksHasNoMoreFunctions() {
        assertThat(functions(5)).isEqualTo(functions(2)).isPositive();
    }

    private static int functions(int layers) {
        try (Network network = new Network(new ModelConfig(layers, 16, 2, 24, 7), 2, 2)) {
            return ((Graph) network.tf().scope().env())
                    .toGraphDef()
                    .getLibrary()
                    .getFunctionCount();
        }
    }
}
