package igpt.study;

import igpt.config.Nearest;
import igpt.config.Parameter;
import igpt.config.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Parameters of {@code reproduce}: what else of the paper to run. */
public record ExperimentParameters(
        @Parameter(help = "further experiments, commas between: milestones, bert, finetune, lowdata")
                String experiments,
        @Parameter(
                        help = "of experiment bert: Adam's learning rate at its peak",
                        defaultValue = "0.01",
                        min = 0,
                        max = 10)
                double bertLearningRate,
        @Parameter(
                        help =
                                "of experiment finetune: Adam's learning rate; or several, the largest first, to be searched as by sweep",
                        defaultValue = "0.001")
                String finetuneLearningRate,
        @Parameter(help = "of experiment finetune: updates of the weights, at most", defaultValue = "2000", min = 1)
                int finetuneIterations,
        @Parameter(
                        help = "of experiment lowdata: labelled images per class, each number in turn",
                        defaultValue = "4,25,400")
                String lowdataLabels) {

    /** What may be asked for in addition to the main job. */
    public enum Experiment {
        /** A probe of every kept milestone (Figure 3). */
        MILESTONES,
        /** The other objective, and its probe (section 4.5, Figure 4). */
        BERT,
        /** Fine-tuning of what was pre-trained, and of nothing (Table 3, Figure 4). */
        FINETUNE,
        /** Classifiers on few labels (Table 4). */
        LOWDATA
    }

    public ExperimentParameters {
        parse(experiments);
        LearningRates.parse("finetune_learning_rate", finetuneLearningRate);
        LowDataParameters.parse("lowdata_labels", lowdataLabels);
    }

    /** The largest first. */
    public List<Double> finetuneLearningRates() {
        return LearningRates.parse("finetune_learning_rate", finetuneLearningRate);
    }

    /** The numbers of {@link #lowdataLabels}. */
    public List<Integer> lowdataLabelCounts() {
        return LowDataParameters.parse("lowdata_labels", lowdataLabels);
    }

    public boolean wants(Experiment experiment) {
        return parse(experiments).contains(experiment);
    }

    private static List<Experiment> parse(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        return Arrays.stream(text.split(",", -1))
                .map(name -> experiment(name.strip()))
                .toList();
    }

    private static Experiment experiment(String name) {
        for (var experiment : Experiment.values()) {
            if (name(experiment).equals(name)) {
                return experiment;
            }
        }
        var names = Arrays.stream(Experiment.values())
                .map(ExperimentParameters::name)
                .toList();
        throw new UsageException("parameter 'experiments' cannot hold '" + name + "'" + Nearest.hint(name, names));
    }

    private static String name(Experiment experiment) {
        return experiment.name().toLowerCase(Locale.ROOT);
    }
}
