package igpt.train;

import igpt.graph.Network;
import igpt.model.ModelConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Training on random tokens: what an iteration sees depends on its number alone. */
final class RandomTraining {
    static final int BATCH = 4;

    private RandomTraining() {}

    static void iterate(Trainer trainer, ModelConfig config, int from, int to) {
        Batch batch = Batch.of(config, BATCH);
        for (int i = from; i < to; i++) {
            int[] tokens = new Random(i)
                    .ints(batch.tokens().length, 0, config.colours())
                    .toArray();
            System.arraycopy(tokens, 0, batch.tokens(), 0, tokens.length);
            new Masks(0.3, 1).ofIteration(i, batch.seen());
            trainer.iterate(i, 0.003, batch);
        }
    }

    static Map<String, float[]> weights(Network network) {
        Map<String, float[]> weights = new HashMap<>();
        network.weights().forEach(weight -> weights.put(weight.name(), network.get(weight.name())));
        return weights;
    }
}
