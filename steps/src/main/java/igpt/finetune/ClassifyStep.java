package igpt.finetune;

import static igpt.finetune.ClassifierRecipe.CLASSIFIER;
import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.graph.Network;
import igpt.model.Head;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.DatasetRows;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StandardError;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.Counts;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.Classifier;
import igpt.schema.artifact.classifier.Classifiers;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.dataset.Splits;
import igpt.train.Classification;
import igpt.train.Masks;
import igpt.train.Vote;
import java.io.IOException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Tests the classifier, once, a block of images at each call. A BERT classifies by several masks, which vote. */
@Component
public record ClassifyStep(
        RunContext run,
        RunArtifacts artifacts,
        DatasetRows rows,
        ClassifierNetworks networks,
        Checkpoints checkpoints,
        Classifiers classifiers,
        CheckpointFiles files,
        ProgressReporter progress,
        StepResource<Network> network)
        implements RunStep {
    public static final StepDescription CLASSIFY =
            new StepDescription(ClassifyStep.class, "classify", "the best weights, tested once; a BERT's masks vote");

    private static final int BLOCK = 2048; // images

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact classifier = artifacts.get(CLASSIFIER);
        Classifier row = classifiers.find(classifier.id()).orElseThrow();
        if (classifier.complete()) {
            progress.say(line(row, classifiers.testImages(classifier.id())));
            return RepeatStatus.FINISHED;
        }
        files.sweep(classifier);
        ExecutionContext context = contribution.getStepExecution().getExecutionContext();
        DatasetRows.Rows test = rows.of(artifacts.get(DATASET), Splits.TEST);
        int from = context.getInt("images", 0);
        int to = Math.min(test.count(), from + BLOCK);
        if (from < to) {
            classify(network.get(() -> open(classifier, row)), test, from, to, context);
        }
        if (to < test.count()) {
            return RepeatStatus.CONTINUABLE;
        }
        Classifier tested = tested(row, context, test.count());
        classifiers.put(tested);
        artifacts.complete(classifier);
        progress.say(line(tested, test.count()));
        return RepeatStatus.FINISHED;
    }

    private void classify(Network open, DatasetRows.Rows test, int from, int to, ExecutionContext context) {
        FinetuneParameters parameters = run.parameters(FinetuneParameters.class);
        Masks masks = new Masks(parameters.maskRate(), parameters.seed());
        int draws = open.config().causal() ? 1 : parameters.masks();
        int[][] predicted = new int[draws][]; // by mask
        try (ProgressReporter.Meter meter = progress.begin("classify", from, test.count(), "images")) {
            for (int draw = 0; draw < draws; draw++) {
                predicted[draw] = Classification.predict(open, test.tokens(), masks, draw, from, to);
            }
            meter.set(to);
        }
        int[] votes = Vote.ofEach(predicted, parameters.seed(), from);
        add(context, "right", Classification.right(predicted[0], test.labels(), from));
        add(context, "right by vote", Classification.right(votes, test.labels(), from));
        context.putInt("images", to);
    }

    private static void add(ExecutionContext context, String key, int value) {
        context.putInt(key, context.getInt(key, 0) + value);
    }

    private Classifier tested(Classifier row, ExecutionContext context, int images) throws IOException {
        if (images == 0) {
            return row;
        }
        boolean votes = !files.config(artifacts.get(MODEL)).causal();
        return row.tested(
                (double) context.getInt("right") / images,
                votes ? (double) context.getInt("right by vote") / images : null);
    }

    private static String line(Classifier row, long images) {
        StringBuilder line =
                new StringBuilder("fine-tuned (%s, %s loss), layer %d, best at iteration %d: validation %.2f %%"
                        .formatted(
                                row.start(), row.loss(), row.layer(), row.iteration(), 100 * row.validationAccuracy()));
        if (row.testAccuracy() != null) {
            line.append(", test %.2f ± %.2f %% of %s"
                    .formatted(
                            100 * row.testAccuracy(),
                            100 * StandardError.of(row.testAccuracy(), images),
                            Counts.of(images, "image")));
        }
        if (row.voteAccuracy() != null) {
            line.append(", by vote of the masks %.2f ± %.2f %%"
                    .formatted(100 * row.voteAccuracy(), 100 * StandardError.of(row.voteAccuracy(), images)));
        }
        return line.toString();
    }

    private Network open(Artifact classifier, Classifier row) throws IOException {
        Checkpoint best = checkpoints
                .at(classifier.id(), row.iteration())
                .orElseThrow(() -> new UserException("the best checkpoint of classifier " + classifier.name()
                        + ", of iteration " + row.iteration() + ", is not there; run it again with --again"));
        Network open = networks.open(classifier, best);
        if (!isTrained(open)) {
            open.close();
            throw new UserException("the classifier was never trained: every answer would be a guess");
        }
        return open;
    }

    private static boolean isTrained(Network network) {
        for (float weight : network.get(Head.WEIGHT)) {
            if (weight != 0) {
                return true;
            }
        }
        return false;
    }
}
