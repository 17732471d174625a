package igpt.recipe;

import igpt.config.FinetuneParameters;
import igpt.config.LowDataParameters;
import igpt.config.PrepareParameters;
import igpt.config.PretrainParameters;
import igpt.config.ProbeParameters;
import igpt.model.Objective;
import igpt.model.Precision;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Provenance;
import igpt.schema.file.Checksums;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The artifacts of the run under way. Each is found by its fingerprint, a hash over all it depends on: parameters,
 * inputs, and the version of the code that makes it. So a step needs no word from the step before it, a killed run
 * finds its own, and another run's finished work is used instead of being done twice.
 */
@Component
public final class Work {
    // Count up when a change to the code changes what comes out by more than rounding.
    private static final int DATASET_VERSION = 2;
    private static final int MODEL_VERSION = 2;
    private static final int FEATURES_VERSION = 2;
    private static final int PROBE_VERSION = 5;
    private static final int SWEEP_VERSION = 1;
    private static final int LOWDATA_VERSION = 3;
    private static final int CLASSIFIER_VERSION = 3;

    private final RunContext run;
    private final Artifacts artifacts;
    private final ProgressReporter progress;
    private final TransactionOperations atOnce;

    /** @param atOnce short transactions of their own: what begins an artifact is stored before the work, not with it */
    public Work(RunContext run, Artifacts artifacts, ProgressReporter progress, TransactionOperations atOnce) {
        this.run = run;
        this.artifacts = artifacts;
        this.progress = progress;
        this.atOnce = atOnce;
    }

    /** Whether nothing is left to do for it; if another run did it, that is said. */
    public boolean isDone(Artifact artifact) {
        if (artifact.complete() && artifact.run() != run.run()) {
            String kind = artifact.kind().name().toLowerCase(Locale.ROOT);
            progress.say("%s %s: unchanged since run %d".formatted(kind, artifact.name(), artifact.run()));
        }
        return artifact.complete();
    }

    /** What the run would make of this kind, if it is there already and whole. */
    public Optional<Artifact> finished(Kind kind) {
        return artifacts.find(kind, fingerprint(kind)).filter(Artifact::complete);
    }

    /** The dataset that this run makes or was given. */
    public Artifact dataset() {
        return get(Kind.DATASET, datasetFingerprint());
    }

    /** The model that this run makes or was given. */
    public Artifact model() {
        return get(Kind.MODEL, modelFingerprint());
    }

    public Artifact features() {
        return get(Kind.FEATURES, featuresFingerprint());
    }

    public Artifact probe() {
        return get(Kind.PROBE, probeFingerprint());
    }

    public Artifact lowData() {
        return get(Kind.LOWDATA, lowDataFingerprint());
    }

    /**
     * The classifier that this run makes.
     *
     * @param folded whether it is the one trained on validation images too
     */
    public Artifact classifier(boolean folded) {
        return get(Kind.CLASSIFIER, classifierFingerprint(folded));
    }

    public Artifact beginDataset(String name) {
        return begin(Kind.DATASET, name, datasetFingerprint(), List.of());
    }

    public Artifact beginModel(String name) {
        List<Long> inputs = new ArrayList<>(List.of(dataset().id()));
        start().ifPresent(start -> inputs.add(start.id()));
        return begin(Kind.MODEL, name, modelFingerprint(), inputs);
    }

    /** The model whose weights this run's begins with. */
    public Optional<Artifact> start() {
        return run.hasInput("start") ? Optional.of(get(Kind.MODEL, run.input("start"))) : Optional.empty();
    }

    public Artifact beginFeatures(String name) {
        List<Long> inputs = List.of(model().id(), dataset().id());
        return begin(Kind.FEATURES, name, featuresFingerprint(), inputs);
    }

    public Artifact beginProbe(String name) {
        return begin(Kind.PROBE, name, probeFingerprint(), List.of(features().id()));
    }

    /** The sweep that this run is, once it is begun. */
    public Optional<Artifact> sweep() {
        return artifacts.find(Kind.SWEEP, sweepFingerprint());
    }

    /** It has no files. */
    public Artifact beginSweep(String name) {
        List<Long> inputs = List.of(dataset().id());
        return begin(Kind.SWEEP, name, sweepFingerprint(), relative(run.folder()), run.provenance(), inputs);
    }

    public Artifact beginLowData(String name) {
        return begin(
                Kind.LOWDATA,
                name,
                lowDataFingerprint(),
                List.of(probe().id(), features().id()));
    }

    public Artifact beginClassifier(String name, boolean folded) {
        List<Long> inputs = List.of(model().id(), dataset().id());
        String folder = folded ? "classifier-folded" : "classifier";
        return begin(Kind.CLASSIFIER, name, classifierFingerprint(folded), inputs, folder);
    }

    /** Where the artifact's files lie. */
    public Path folder(Artifact artifact) {
        return run.runs().resolve(artifact.path());
    }

    /** A file as rows name it. */
    public String relative(Path file) {
        return run.runs().relativize(file).toString();
    }

    /** A file that a row names. */
    public Path resolve(String path) {
        return run.runs().resolve(path);
    }

    private Artifact get(Kind kind, String fingerprint) {
        return artifacts
                .find(kind, fingerprint)
                .orElseThrow(() -> new IllegalStateException("no " + kind + " of fingerprint " + fingerprint));
    }

    private Artifact begin(Kind kind, String name, String fingerprint, List<Long> inputs) {
        return begin(kind, name, fingerprint, inputs, kind.name().toLowerCase(Locale.ROOT));
    }

    private Artifact begin(Kind kind, String name, String fingerprint, List<Long> inputs, String folder) {
        String path = run.runs().relativize(run.folder().resolve(folder)).toString();
        return begin(kind, name, fingerprint, path, provenance(kind, fingerprint), inputs);
    }

    private Artifact begin(
            Kind kind, String name, String fingerprint, String path, Provenance provenance, List<Long> inputs) {
        return Objects.requireNonNull(atOnce.execute(
                now -> artifacts.begin(kind, name, fingerprint, run.attempt(), path, provenance, inputs)));
    }

    /** @throws UserException if another device left it half-made, or another run with other settings */
    private Provenance provenance(Kind kind, String fingerprint) {
        return switch (kind) {
            case DATASET, PROBE, LOWDATA, SWEEP -> run.provenance(); // not a network's work
            case MODEL, FEATURES, CLASSIFIER -> {
                String device = run.device().name();
                artifacts
                        .find(kind, fingerprint)
                        .filter(begun -> !begun.complete())
                        .ifPresent(begun -> {
                            checkDevice(begun, device);
                            checkRuntime(begun, run.provenance().runtime());
                        });
                yield run.provenance().on(device);
            }
        };
    }

    private static void checkDevice(Artifact begun, String device) {
        String before = begun.provenance().device();
        if (!before.equals(device)) {
            throw new UserException(
                    "run %d began its %s on another device (%s, now %s), which rounds differently: resume it there, or begin again with --again"
                            .formatted(begun.run(), begun.kind().name().toLowerCase(Locale.ROOT), before, device));
        }
    }

    private static void checkRuntime(Artifact begun, String now) {
        String before = begun.provenance().runtime();
        if (!before.isEmpty() && !before.equals(now)) { // empty: before they were stored
            throw new UserException(
                    "run %d began its %s with other settings, which round differently (%s; now %s): ./igpt resume %1$d, or begin again with --again"
                            .formatted(begun.run(), begun.kind().name().toLowerCase(Locale.ROOT), before, now));
        }
    }

    private String fingerprint(Kind kind) {
        return switch (kind) {
            case DATASET -> datasetFingerprint();
            case MODEL -> modelFingerprint();
            case FEATURES -> featuresFingerprint();
            case PROBE -> probeFingerprint();
            case LOWDATA -> lowDataFingerprint();
            case SWEEP -> sweepFingerprint();
            case CLASSIFIER ->
                classifierFingerprint(run.parameters(FinetuneParameters.class).foldBack());
        };
    }

    private String datasetFingerprint() {
        if (run.hasInput("dataset")) {
            return run.input("dataset");
        }
        PrepareParameters p = run.parameters(PrepareParameters.class);
        String palette = run.hasInput("palette") ? run.input("palette") : "fitted";
        // What has no variants keeps the fingerprint it had when there were none to be had.
        String rows = p.variants() == 0 ? "" + p.partRows() : p.partRows() + " variants " + p.variants();
        return hash(
                "dataset",
                DATASET_VERSION,
                run.input("source"),
                palette,
                p.name(),
                p.resolution(),
                p.colours(),
                p.validation(),
                p.images(),
                p.seed(),
                rows);
    }

    private String modelFingerprint() {
        if (run.hasInput("model")) {
            return run.input("model");
        }
        PretrainParameters p = run.parameters(PretrainParameters.class);
        List<Object> parts = new ArrayList<>(List.of(
                "model",
                MODEL_VERSION,
                datasetFingerprint(),
                run.modelSize(),
                p.objective(),
                p.batch(),
                p.learningRate(),
                p.iterations(),
                p.warmup(),
                p.seed(),
                p.validationImages(),
                p.evaluationImages(),
                p.saveEvery()));
        if (run.hasInput("start")) {
            parts.add("start %s at %s".formatted(run.input("start"), run.input("start_iteration")));
        }
        if (p.trainOn() != PretrainParameters.TrainOn.TRAIN) {
            parts.add("train on " + p.trainOn());
        }
        if (p.objective() == Objective.BERT) {
            parts.add("mask " + p.maskRate());
        }
        if (p.microBatch() > 0 || p.recompute()) { // another order of sums
            parts.add("micro-batch %d %s".formatted(p.microBatch(), p.recompute()));
        }
        if (p.precision() != Precision.FLOAT32) {
            parts.add("precision " + p.precision());
        }
        if (!p.milestones().isEmpty()) { // validation losses stand at them
            parts.add("milestones " + p.milestoneIterations().iterations());
        }
        return hash(parts.toArray());
    }

    private String featuresFingerprint() {
        ProbeParameters p = run.parameters(ProbeParameters.class);
        long iteration = run.hasInput("iteration")
                ? Long.parseLong(run.input("iteration"))
                : run.parameters(PretrainParameters.class).iterations(); // the last of this run's own model
        List<Object> parts = new ArrayList<>(List.of(
                "features",
                FEATURES_VERSION,
                modelFingerprint(),
                iteration,
                datasetFingerprint(),
                p.tap(),
                p.fitImages(),
                p.untrained(),
                p.pixels()));
        run.maskRate().ifPresent(rate -> parts.add("masks %d %s %d".formatted(p.masks(), rate, p.seed())));
        return hash(parts.toArray());
    }

    private String probeFingerprint() {
        ProbeParameters p = run.parameters(ProbeParameters.class);
        boolean sgd = p.solver() == ProbeParameters.Solver.SGD;
        return hash(
                "probe",
                PROBE_VERSION,
                featuresFingerprint(),
                p.solver(),
                sgd ? p.sgdIterations() : 0,
                sgd ? p.sgdBatch() : 0,
                sgd ? p.seed() : 0,
                p.concat(),
                p.foldBack());
    }

    /** A sweep depends on all that identifies its run. */
    private String sweepFingerprint() {
        return hash("sweep", SWEEP_VERSION, run.provenance().parametersHash());
    }

    private String lowDataFingerprint() {
        LowDataParameters p = run.parameters(LowDataParameters.class);
        long seed = run.parameters(ProbeParameters.class).seed();
        return hash("lowdata", LOWDATA_VERSION, probeFingerprint(), p.labels(), p.subsets(), p.layer(), seed);
    }

    private String classifierFingerprint(boolean folded) {
        FinetuneParameters p = run.parameters(FinetuneParameters.class);
        return hash(
                "classifier",
                CLASSIFIER_VERSION,
                modelFingerprint(),
                run.input("iteration"),
                datasetFingerprint(),
                p.start(),
                p.loss(),
                p.head(),
                p.augmentation(),
                p.batch(),
                p.microBatch(),
                p.recompute(),
                p.precision(),
                p.learningRate(),
                p.iterations(),
                p.saveEvery(),
                p.patience(),
                p.validationImages(),
                p.maskRate(),
                p.masks(),
                p.seed(),
                folded);
    }

    /** {@code --again} is part of what this run makes, and not of what it was given. */
    private String hash(Object... parts) {
        List<String> text = new ArrayList<>();
        for (Object part : parts) {
            text.add(String.valueOf(part));
        }
        text.add("again " + run.again());
        var digest = Checksums.newSha256();
        digest.update(String.join("\n", text).getBytes(StandardCharsets.UTF_8));
        return Checksums.hex(digest);
    }
}
