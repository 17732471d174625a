package igpt.training;

import igpt.model.Losses;
import igpt.train.Trainer;
import java.util.List;

/** What is minimised, and what is reported of it. */
public interface TrainingObjective {
    Losses losses();

    /** Shown after the iteration: {@code loss 2.31 lr 0.003}. */
    String progress(Trainer.Loss loss, double learningRate);

    /**
     * The points that an iteration adds to the curves.
     *
     * @param iteration counted from 1
     * @param loss before the iteration's update
     * @param commit whether the iteration is a commit point
     */
    List<Point> curve(long iteration, Trainer.Loss loss, double learningRate, boolean commit);

    /** A metric's name and value. */
    record Point(String metric, double value) {}
}
