package igpt.training;

import igpt.model.Losses;
import igpt.train.Trainer;
import java.util.List;

/** What is minimised, and what is told of it. */
public interface TrainingObjective {
    Losses losses();

    /** Behind the progress: {@code loss 2.31 lr 0.003}. */
    String progress(Trainer.Loss loss, double learningRate);

    /**
     * Points of the curves.
     *
     * @param iteration from 1; the loss is that before its update
     * @param commit whether it is a commit point, and not where a stop left it
     */
    List<Point> curve(long iteration, Trainer.Loss loss, double learningRate, boolean commit);

    /** A value of a metric. */
    record Point(String metric, double value) {}
}
