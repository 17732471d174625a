package igpt.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class FunctionsTest {
    @Test
    void aCallTakesAndReturnsInOrder() {
        try (Functions functions = new Functions();
                Graph graph = new Graph();
                Session session = Devices.open(graph, Device.cpu(2))) {
            Ops tf = Ops.create(graph);
            List<Operand<TFloat32>> inputs = List.of(tf.constant(8f), tf.constant(2f), tf.constant(1f));
            List<Operand<TFloat32>> once = functions.call(tf, "both", inputs, FunctionsTest::quotientAndDifference);
            List<Operand<TFloat32>> twice = functions.call(
                    tf, "both", List.of(once.get(0), once.get(1), once.get(0)), FunctionsTest::quotientAndDifference);
            try (Result out =
                    session.runner().fetch(twice.get(0)).fetch(twice.get(1)).run()) {
                assertThat(((TFloat32) out.get(0)).getFloat()).isEqualTo((8f / 2) / (8 - 1));
                assertThat(((TFloat32) out.get(1)).getFloat()).isEqualTo(0);
            }
        }
    }

    private static List<Operand<TFloat32>> quotientAndDifference(Ops tf, List<Operand<TFloat32>> in) {
        return List.of(tf.math.div(in.get(0), in.get(1)), tf.math.sub(in.get(0), in.get(2)));
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
