package igpt.pretrain;

import igpt.model.Losses;
import igpt.train.Trainer;
import igpt.training.TrainingObjective;
import java.util.List;

/**
 * The model's own loss.
 *
 * @param curveEvery iterations between points of its curve
 */
record GenerativeObjective(int curveEvery) implements TrainingObjective {
    /** At most about this many, enough for a curve: a row for every iteration would be millions. */
    private static final int CURVE_POINTS = 5000;

    static GenerativeObjective over(int iterations) {
        return new GenerativeObjective(Math.max(1, iterations / CURVE_POINTS));
    }

    @Override
    public Losses losses() {
        return Losses.GENERATIVE;
    }

    @Override
    public String progress(Trainer.Loss loss, double learningRate) {
        return "loss %.4f lr %.2g".formatted((double) loss.nats(), learningRate);
    }

    @Override
    public List<Point> curve(long iteration, Trainer.Loss loss, double learningRate, boolean commit) {
        return iteration == 1 || iteration % curveEvery == 0 // 1: the loss before the first update
                ? List.of(new Point("train_nats", loss.nats()), new Point("learning_rate", learningRate))
                : List.of();
    }
}
