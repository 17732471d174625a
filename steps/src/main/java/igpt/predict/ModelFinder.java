package igpt.predict;

import static igpt.probe.FeaturesRecipe.FEATURES;

import igpt.config.ParameterSchema;
import igpt.finetune.FinetuneParameters;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.model.Tap;
import igpt.predict.ModelParts.ProbePart;
import igpt.prepare.Preparation;
import igpt.probe.ProbeParameters;
import igpt.probe.ProbedLayers;
import igpt.recipe.CheckpointFiles;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.classifier.Classifier;
import igpt.schema.artifact.classifier.Classifiers;
import igpt.schema.artifact.classifier.FeatureParts;
import igpt.schema.artifact.classifier.FeatureSet;
import igpt.schema.artifact.classifier.ImportedClassifiers;
import igpt.schema.artifact.classifier.ImportedClassifiers.ImportedClassifier;
import igpt.schema.artifact.classifier.Probe;
import igpt.schema.artifact.classifier.Probes;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.artifact.model.Models;
import igpt.schema.dataset.Datasets;
import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the parts of models and classifiers that runs have made. Reads no weights; checks that they are what was written. */
public final class ModelFinder {
    private final Path runs;
    private final Artifacts artifacts;
    private final Datasets datasets;
    private final Models models;
    private final Checkpoints checkpoints;
    private final Classifiers classifiers;
    private final ImportedClassifiers imported;
    private final Probes probes;
    private final FeatureParts features;

    /** @param runs that paths are relative to */
    public ModelFinder(JdbcClient jdbc, Path runs) {
        this.runs = runs;
        artifacts = new Artifacts(jdbc);
        datasets = new Datasets(jdbc);
        models = new Models(jdbc);
        checkpoints = new Checkpoints(jdbc);
        classifiers = new Classifiers(jdbc);
        imported = new ImportedClassifiers(jdbc);
        probes = new Probes(jdbc);
        features = new FeatureParts(jdbc);
    }

    /**
     * A model at a checkpoint, with nothing on it.
     *
     * @param seed of a BERT's masks
     */
    public ModelParts ofModel(Artifact model, long iteration, long seed) {
        double maskRate = models.maskRate(model.id()).orElse(0.0);
        return parts(model, checkpoint(model, iteration), model, null, null, maskRate, 1, seed);
    }

    /** The layers that a probe was fitted to. */
    public FeatureSet probed(Artifact probe) {
        return features.set(artifacts.input(probe, FEATURES.kind()).id());
    }

    /** The best layer of a probed model, chosen on validation images; or one of the others. */
    public Probe probe(Artifact probe, int layer) {
        var trained = probes.of(probe.id()).stream()
                .filter(one -> one.network().equals(ProbedLayers.TRAINED))
                .toList();
        return layer < 0
                ? Probes.best(trained, ProbedLayers.TRAINED)
                : trained.stream()
                        .filter(one -> one.layer() == layer)
                        .findFirst()
                        .orElseThrow(() -> new UserException(
                                "parameter 'layer' cannot be %d: the probes of run %d are on the layers 0 to %d; -1 is the best"
                                        .formatted(layer, probe.run(), trained.size() - 1)));
    }

    /**
     * A probed model with the classifier on one of its layers, which sees images as those were seen that tested it.
     *
     * @param layer −1: the best
     */
    public ModelParts ofProbe(Artifact probe, int layer) throws IOException {
        var set = probed(probe);
        var model = artifacts.get(set.modelId());
        var chosen = probe(probe, layer);
        var file = runs.resolve(chosen.path());
        Checksums.verify(file, chosen.sha256());
        var parameters = ParameterSchema.of(ProbeParameters.class)
                .readMap(artifacts.parameters(probe))
                .as(ProbeParameters.class);
        return parts(
                model,
                checkpoint(model, set.iteration()),
                artifacts.get(set.datasetId()),
                null,
                new ProbePart(file, chosen.layer(), tap(set.tap())),
                models.maskRate(model.id()).orElse(0.0),
                parameters.masks(),
                parameters.seed());
    }

    /**
     * A fine-tuned classifier, whether here or elsewhere.
     *
     * @param modelId the artifact of what it began with, or came with
     * @param iteration its best
     * @param layer that its head reads
     */
    public record Tuned(long modelId, long iteration, int layer) {}

    /** @throws UserException if it has not been tested */
    public Tuned tuned(Artifact classifier) {
        return imported.find(classifier.id())
                .map(one -> new Tuned(one.modelId(), one.iteration(), one.layer()))
                .orElseGet(() -> {
                    var row = row(classifier);
                    return new Tuned(row.modelId(), row.iteration(), row.layer());
                });
    }

    /** The classifier that came with an imported model. */
    public Optional<Artifact> cameWith(Artifact model) {
        return imported.ofModel(model.id()).map(artifacts::get).filter(Artifact::complete);
    }

    private Classifier row(Artifact classifier) {
        return classifiers
                .find(classifier.id())
                .orElseThrow(() -> new UserException(
                        "run %d has not finished its classifier: ./igpt resume %1$d".formatted(classifier.run())));
    }

    /** A fine-tuned classifier at its best iteration. */
    public ModelParts ofClassifier(Artifact classifier) {
        return imported.find(classifier.id()).map(this::ofImported).orElseGet(() -> ofTrained(classifier));
    }

    private ModelParts ofImported(ImportedClassifier row) {
        var model = artifacts.get(row.modelId());
        var classes = imported.classes(row.id());
        double maskRate = models.maskRate(model.id()).orElse(0.0);
        var checkpoint = checkpoint(model, row.iteration());
        return parts(model, checkpoint, model, null, null, maskRate, row.masks(), row.seed())
                .tuned(new Head(row.layer(), classes.size()), classes);
    }

    private ModelParts ofTrained(Artifact classifier) {
        var row = row(classifier);
        var model = artifacts.get(row.modelId());
        var dataset = artifacts.get(row.datasetId());
        var parameters = ParameterSchema.of(FinetuneParameters.class)
                .readMap(artifacts.parameters(classifier))
                .as(FinetuneParameters.class);
        var head = new Head(row.layer(), datasets.get(dataset.id()).classes().size());
        boolean bert = models.get(model.id()).objective().equals("bert");
        return parts(
                model,
                checkpoint(classifier, row.iteration()),
                dataset,
                head,
                null,
                bert ? parameters.maskRate() : 0,
                parameters.masks(),
                parameters.seed());
    }

    private Checkpoint checkpoint(Artifact of, long iteration) {
        return checkpoints
                .at(of.id(), iteration)
                .orElseThrow(() -> new UserException("%s %s of run %d no longer has its checkpoint of iteration %d"
                        .formatted(of.kind().word(), of.name(), of.run(), iteration)));
    }

    /** @param prepared the dataset whose images are to be told apart, or the model itself, which may have none */
    private ModelParts parts(
            Artifact model,
            Checkpoint checkpoint,
            Artifact prepared,
            @Nullable Head head,
            @Nullable ProbePart probe,
            double maskRate,
            int masks,
            long seed) {
        var vocabulary = datasets.vocabulary(prepared.id());
        var dataset = vocabulary.dataset();
        var row = models.get(model.id());
        var config = new ModelConfig(
                row.layers(),
                row.width(),
                row.heads(),
                row.positions(),
                row.colours(),
                Objective.valueOf(row.objective().toUpperCase(Locale.ROOT)));
        return new ModelParts(
                config,
                runs.resolve(checkpoint.path()).resolve(CheckpointFiles.WEIGHTS),
                runs.resolve(vocabulary.palettePath()),
                Preparation.of(prepared, artifacts, datasets),
                dataset == null ? List.of() : datasets.get(dataset).classes(),
                head,
                probe,
                maskRate,
                masks,
                seed);
    }

    /**
     * The checkpoint whose weights those are, to be checked before they are read.
     *
     * @throws CorruptFileException if its bytes are not those that were written
     */
    public void checkIntact(ModelParts parts) throws IOException {
        var folder = Objects.requireNonNull(parts.weights().getParent());
        var path = runs.relativize(folder).toString();
        var checkpoint = checkpoints.named(path).orElseThrow();
        if (!Files.isDirectory(folder) || !Checksums.sha256OfFolder(folder).equals(checkpoint.sha256())) {
            throw new CorruptFileException(folder, "its bytes are not those that were written");
        }
        if (!Files.isRegularFile(parts.palette())) {
            throw new CorruptFileException(parts.palette(), "it is missing");
        }
    }

    /** As parameters and rows name it. */
    static Tap tap(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "norm" -> Tap.MEAN_NORM;
            case "residual" -> Tap.MEAN_RESIDUAL;
            default -> throw new IllegalArgumentException("no tap " + name);
        };
    }
}
