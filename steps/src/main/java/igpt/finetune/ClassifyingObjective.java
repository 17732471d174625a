package igpt.finetune;

import igpt.model.Losses;
import igpt.train.Trainer;
import igpt.training.TrainingObjective;
import java.util.List;

/** The classifier's loss, with or without the model's own (section 2.3 of the paper). */
record ClassifyingObjective(Losses losses) implements TrainingObjective {
    @Override
    public String progress(Trainer.Loss loss, double learningRate) {
        return "loss %.4f class %.4f".formatted(loss.nats(), loss.classification());
    }

    @Override
    public List<Point> curve(long iteration, Trainer.Loss loss, double learningRate, boolean commit) {
        return commit
                ? List.of(new Point("train_nats", loss.nats()), new Point("classification_nats", loss.classification()))
                : List.of();
    }
}
