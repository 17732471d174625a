package igpt.launch;

import igpt.config.ExperimentParameters;
import igpt.config.FinetuneParameters;
import igpt.config.LowDataParameters;
import igpt.config.Nearest;
import igpt.config.ParameterSchema;
import igpt.config.ParameterSpec;
import igpt.config.PrepareParameters;
import igpt.config.PretrainParameters;
import igpt.config.ProbeParameters;
import igpt.config.SweepParameters;
import igpt.config.UsageException;
import igpt.launch.JobDescription.Step;
import igpt.schema.artifact.Artifact.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jobs there are. A new one is described here and defined as a bean of the same name. */
public record JobCatalogue(List<JobDescription> jobs) {

    private static final List<Step> PREPARE = List.of(
            new Step("inventory", "list the images, split off validation, settle a random order"),
            new Step("decode", "each image becomes a small square; broken ones are skipped and named"),
            new Step("palette", "fit the colours to all training pixels, or take the given palette"),
            new Step("quantize", "each pixel becomes the number of its nearest colour; Parquet parts"),
            new Step("publish", "check and count the parts; the dataset can be used"));

    private static final List<Step> PRETRAIN = List.of(
            new Step("train", "predict the next pixel; a checkpoint at each commit point"),
            new Step("evaluate", "validation and test loss of the last checkpoint, in nats a pixel"));

    private static final List<Step> PROBE = List.of(
            new Step("features", "the mean activation at every layer, of every image"),
            new Step("fit", "a linear classifier on each layer; its L2 strength chosen on validation"),
            new Step("test", "refitted on train and validation, then tested once"));

    private static final List<Step> EXPERIMENTS = List.of(
            new Step("milestones", "if asked for: a probe of every milestone of the training"),
            new Step("bert", "if asked for: the other objective, and its probe"),
            new Step("finetuning", "if asked for: the whole network on labels, pre-trained and from random weights"),
            new Step("fewLabels", "if asked for: classifiers on few labels a class"));

    private static final List<Step> SWEEP = List.of(
            new Step("trials", "a run a learning rate, from the largest down until the final validation loss rises"));

    private static final List<Step> FEW_LABELS = List.of(
            new Step("subsets", "a linear classifier on each random subset of the labels, tested"),
            new Step("summary", "mean and standard deviation by number of labels"));

    private static final List<Step> FINETUNE = List.of(
            new Step("tune", "model and classifier learn together, until the validation accuracy no longer rises"),
            new Step("refit", "with fold_back: again on train and validation, for as many iterations as were best"),
            new Step("classify", "the best weights, tested once; a BERT's masks vote"));

    public static JobCatalogue standard() {
        return new JobCatalogue(List.of(
                new JobDescription(
                        "prepare",
                        "images become a dataset of tokens",
                        PREPARE,
                        ParameterSchema.of(PrepareParameters.class),
                        Inputs::ofPrepare,
                        List.of(Kind.DATASET)),
                new JobDescription(
                        "pretrain",
                        "a dataset becomes a model",
                        PRETRAIN,
                        ParameterSchema.of(PretrainParameters.class),
                        Inputs::ofPretrain,
                        List.of(Kind.MODEL)),
                new JobDescription(
                        "probe",
                        "a linear classifier on every layer of a model",
                        PROBE,
                        ParameterSchema.of(ProbeParameters.class),
                        Inputs::ofProbe,
                        List.of(Kind.FEATURES, Kind.PROBE)),
                new JobDescription(
                        "sweep",
                        "a job at several learning rates, each a run of its own; the best is marked",
                        SWEEP,
                        SweepParameters.schema(),
                        Inputs::ofSweep,
                        List.of(Kind.SWEEP)),
                new JobDescription(
                        "finetune",
                        "a model becomes a classifier",
                        FINETUNE,
                        ParameterSchema.of(FinetuneParameters.class),
                        Inputs::ofFinetune,
                        List.of(Kind.CLASSIFIER)),
                new JobDescription(
                        "lowdata",
                        "a linear classifier on few labels a class",
                        Stream.concat(PROBE.stream(), FEW_LABELS.stream()).toList(),
                        ParameterSchema.of(ProbeParameters.class, LowDataParameters.class),
                        Inputs::ofLowData,
                        List.of(Kind.FEATURES, Kind.PROBE, Kind.LOWDATA)),
                new JobDescription(
                        "reproduce",
                        "prepare, pretrain and probe as one job, and the experiments asked for",
                        Stream.of(PREPARE, PRETRAIN, PROBE, EXPERIMENTS)
                                .flatMap(List::stream)
                                .toList(),
                        ParameterSchema.of(
                                        PrepareParameters.class,
                                        PretrainParameters.class,
                                        ProbeParameters.class,
                                        ExperimentParameters.class)
                                .without("dataset", "checkpoint"),
                        Inputs::ofReproduce,
                        List.of(Kind.DATASET, Kind.MODEL, Kind.FEATURES, Kind.PROBE))));
    }

    /** The steps that make such an artifact, in whichever job. */
    static List<Step> stepsTo(Kind kind) {
        return switch (kind) {
            case DATASET -> PREPARE;
            case MODEL -> PRETRAIN;
            case FEATURES -> PROBE.subList(0, 1);
            case PROBE -> PROBE.subList(1, PROBE.size());
            case CLASSIFIER -> FINETUNE;
            case LOWDATA -> FEW_LABELS;
            case SWEEP -> SWEEP;
        };
    }

    /** @throws UsageException naming the nearest, if there is none of that name */
    public JobDescription named(String name) {
        return jobs.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown job '" + name + "'"
                        + Nearest.hint(
                                name, jobs.stream().map(JobDescription::name).toList())));
    }

    /**
     * Names that another job has, and this one calls otherwise or does not take.
     *
     * @throws UsageException telling which
     */
    public void checkNames(JobDescription job, Collection<String> given) {
        var own = names(job);
        for (var name : given) {
            var others = jobs.stream()
                    .filter(other -> !own.contains(name) && names(other).contains(name))
                    .map(JobDescription::name)
                    .toList();
            if (others.isEmpty()) continue;
            var meant = own.stream()
                    .filter(known -> known.endsWith("_" + name) || name.endsWith("_" + known))
                    .toList();
            throw new UsageException("unknown parameter '%s': it is one of %s; %s"
                    .formatted(
                            name,
                            String.join(", ", others),
                            meant.isEmpty()
                                    ? job.name() + " does not take it: ./igpt jobs " + job.name()
                                            + " lists what it does"
                                    : job.name() + " calls it " + String.join(" or ", meant)));
        }
    }

    private static Set<String> names(JobDescription job) {
        return job.parameters().specs().stream().map(ParameterSpec::name).collect(Collectors.toSet());
    }
}
