package igpt.launch;

import igpt.config.ExperimentParameters;
import igpt.config.ExperimentParameters.Experiment;
import igpt.config.FinetuneParameters;
import igpt.config.LowDataParameters;
import igpt.config.Nearest;
import igpt.config.ParameterSet;
import igpt.config.PrepareParameters;
import igpt.config.PretrainParameters;
import igpt.config.ProbeParameters;
import igpt.config.Project;
import igpt.config.SweepParameters;
import igpt.config.UsageException;
import igpt.image.ImageSource;
import igpt.palette.Palette;
import igpt.recipe.FewColours;
import igpt.recipe.FewLabels;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Checkpoint;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.SweepTrials;
import igpt.schema.dataset.Datasets;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The inputs of the jobs in {@link JobCatalogue}. */
final class Inputs {
    private Inputs() {}

    static Map<String, String> ofPrepare(ParameterSet set, Project project, JdbcClient jdbc, Consumer<String> say) {
        return images(set.as(PrepareParameters.class), null);
    }

    static Map<String, String> ofPretrain(ParameterSet set, Project project, JdbcClient jdbc, Consumer<String> say) {
        var parameters = set.as(PretrainParameters.class);
        var inputs = modelSize(parameters.model(), project);
        var dataset = dataset(parameters.dataset(), jdbc, say);
        inputs.put("dataset", dataset.fingerprint());
        if (!parameters.checkpoint().isEmpty()) {
            var start = chosen(parameters.checkpoint(), jdbc, say);
            checkSameShape(start.model(), parameters, inputs, jdbc);
            checkSameTokens(trainedOn(start.model(), jdbc), dataset, project, jdbc);
            inputs.put("start", start.model().fingerprint());
            inputs.put("start_iteration", String.valueOf(start.iteration()));
        }
        return inputs;
    }

    /** The weights of another shape would find no place. */
    private static void checkSameShape(
            Artifact start, PretrainParameters parameters, Map<String, String> size, JdbcClient jdbc) {
        var objective = parameters.objective().name().toLowerCase(Locale.ROOT);
        var wanted = "%s of %s layers of width %s in %s heads"
                .formatted(objective, size.get("layers"), size.get("width"), size.get("heads"));
        var there = jdbc.sql("select objective, layers, width, heads from model_catalogue where artifact = ?")
                .params(start.id())
                .query((row, number) -> "%s of %s layers of width %s in %s heads"
                        .formatted(row.getString(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                .single();
        if (!wanted.equals(there)) {
            throw new UsageException("checkpoint %s is a model %s, not %s: give its model and objective"
                    .formatted(parameters.checkpoint(), there, wanted));
        }
    }

    static Map<String, String> ofProbe(ParameterSet set, Project project, JdbcClient jdbc, Consumer<String> say) {
        var parameters = set.as(ProbeParameters.class);
        return ofCheckpoint(parameters.checkpoint(), parameters.dataset(), project, jdbc, say);
    }

    static Map<String, String> ofFinetune(ParameterSet set, Project project, JdbcClient jdbc, Consumer<String> say) {
        var parameters = set.as(FinetuneParameters.class);
        var inputs = ofCheckpoint(parameters.checkpoint(), parameters.dataset(), project, jdbc, say);
        checkLayer("head", parameters.head(), inputs, jdbc);
        return inputs;
    }

    /** A checkpoint, and images to classify with it: those it was trained on, unless others are named. */
    private static Map<String, String> ofCheckpoint(
            String selector, String datasetSelector, Project project, JdbcClient jdbc, Consumer<String> say) {
        var chosen = chosen(selector, jdbc, say);
        var model = chosen.model();
        var own = trainedOn(model, jdbc);
        var dataset = datasetSelector.isEmpty() ? own : dataset(datasetSelector, jdbc, say);
        if (dataset.equals(own)) {
            say.accept("dataset %s (run %d), the model's own".formatted(own.name(), own.run()));
        } else {
            checkSameTokens(own, dataset, project, jdbc);
        }
        var inputs = new LinkedHashMap<String, String>();
        inputs.put("model", model.fingerprint());
        inputs.put("iteration", String.valueOf(chosen.iteration()));
        maskRate(model, jdbc).ifPresent(rate -> inputs.put("mask_rate", rate));
        inputs.put("dataset", dataset.fingerprint());
        return inputs;
    }

    private record Chosen(Artifact model, long iteration) {}

    /** A checkpoint by newest, RUN, RUN@ITERATION or its model's name. */
    private static Chosen chosen(String selector, JdbcClient jdbc, Consumer<String> say) {
        int at = selector.indexOf('@');
        var model = model(at < 0 ? selector : selector.substring(0, at), jdbc, say);
        var checkpoint = at < 0
                ? newest(model, jdbc)
                : atIteration(model, number("checkpoint", selector.substring(at + 1)), jdbc);
        say.accept("model %s (run %d), iteration %d".formatted(model.name(), model.run(), checkpoint.iteration()));
        return new Chosen(model, checkpoint.iteration());
    }

    /** Those of the job that it runs. */
    static Map<String, String> ofSweep(ParameterSet set, Project project, JdbcClient jdbc, Consumer<String> say) {
        return switch (set.as(SweepParameters.class).of()) {
            case PRETRAIN -> ofPretrain(set, project, jdbc, say);
            case FINETUNE -> ofFinetune(set, project, jdbc, say);
        };
    }

    static Map<String, String> ofLowData(ParameterSet set, Project project, JdbcClient jdbc, Consumer<String> say) {
        var inputs = ofProbe(set, project, jdbc, say);
        var artifact = new Artifacts(jdbc)
                .find(Kind.DATASET, Objects.requireNonNull(inputs.get("dataset")))
                .orElseThrow();
        var dataset = new Datasets(jdbc).get(artifact.id());
        var parameters = set.as(LowDataParameters.class);
        for (int labels : parameters.labelCounts()) {
            long needed = (long) labels * dataset.classes().size();
            if (needed > dataset.trainRows() + dataset.validationRows()) {
                throw new UsageException(
                        "parameter 'labels' cannot be %d: dataset %s has %d images to train on or validate in %d classes"
                                .formatted(
                                        labels,
                                        artifact.name(),
                                        dataset.trainRows() + dataset.validationRows(),
                                        dataset.classes().size()));
            }
        }
        FewLabels.check("labels", parameters.labelCounts(), new Datasets(jdbc).classRows(artifact.id()));
        checkLayer("layer", parameters.layer(), inputs, jdbc);
        return inputs;
    }

    /** The network would be computed before it was missed. */
    private static void checkLayer(String parameter, int layer, Map<String, String> inputs, JdbcClient jdbc) {
        int layers = layers(inputs, jdbc);
        if (layer > layers) {
            throw new UsageException(
                    "parameter '%s' cannot be %d: the model has the layers 0 to %d; -1 leaves the choice"
                            .formatted(parameter, layer, layers));
        }
    }

    private static int layers(Map<String, String> inputs, JdbcClient jdbc) {
        var model = new Artifacts(jdbc)
                .find(Kind.MODEL, Objects.requireNonNull(inputs.get("model")))
                .orElseThrow();
        return jdbc.sql("select layers from model_catalogue where artifact = ?")
                .params(model.id())
                .query(Integer.class)
                .single();
    }

    static Map<String, String> ofReproduce(ParameterSet set, Project project, JdbcClient jdbc, Consumer<String> say) {
        var pretrain = set.as(PretrainParameters.class);
        if (set.as(ExperimentParameters.class).wants(Experiment.MILESTONES)
                && pretrain.milestones().isBlank()) {
            throw new UsageException(
                    "experiment milestones has nothing to probe: give milestones=0.065,0.131,0.262,0.524, the paper's");
        }
        var inputs = modelSize(pretrain.model(), project);
        inputs.putAll(images(set.as(PrepareParameters.class), set.as(ExperimentParameters.class)));
        return inputs;
    }

    private static Map<String, String> images(
            PrepareParameters parameters, @Nullable ExperimentParameters experiments) {
        var inputs = new LinkedHashMap<String, String>();
        try (var source = parameters.openSource()) {
            checkName(parameters, source);
            if (experiments != null && experiments.wants(Experiment.LOWDATA)) {
                FewLabels.check(
                        "lowdata_labels", experiments.lowdataLabelCounts(), FewLabels.planned(parameters, source));
            }
            FewColours.check(parameters, source);
            inputs.put("source", source.fingerprint());
            if (!parameters.palette().isEmpty()) {
                var palette = Path.of(parameters.palette());
                if (!Files.isRegularFile(palette)) throw new UsageException("there is no palette " + palette);
                checkSize(palette, parameters.colours());
                inputs.put("palette", Checksums.sha256(palette));
            }
        } catch (IOException e) {
            throw new UsageException("cannot read " + parameters.data() + ": " + e.getMessage(), e);
        }
        return inputs;
    }

    private static void checkName(PrepareParameters parameters, ImageSource source) {
        int length = source.name().length();
        if (parameters.name().isEmpty() && length > PrepareParameters.LONGEST_NAME) {
            throw new UsageException(
                    "data: the folder's name has %d characters, and that of a dataset at most %d: give name="
                            .formatted(length, PrepareParameters.LONGEST_NAME));
        }
    }

    private static void checkSize(Path palette, int colours) {
        int size = Palette.readNpy(palette).size();
        if (size != colours) {
            throw new UsageException("palette %s has %d colours; give colours=%2$d".formatted(palette, size));
        }
    }

    private static Map<String, String> modelSize(String name, Project project) {
        var size = project.config().model(name);
        var inputs = new LinkedHashMap<String, String>();
        inputs.put("layers", String.valueOf(size.layers()));
        inputs.put("width", String.valueOf(size.width()));
        inputs.put("heads", String.valueOf(size.heads()));
        return inputs;
    }

    private static Artifact dataset(String selector, JdbcClient jdbc, Consumer<String> say) {
        var dataset = artifact(Kind.DATASET, selector, "prepare", jdbc);
        if (!dataset.complete()) {
            throw new UsageException(
                    "run %d has not finished its dataset: ./igpt resume %1$d".formatted(dataset.run()));
        }
        say.accept("dataset %s (run %d)".formatted(dataset.name(), dataset.run()));
        return dataset;
    }

    private static Artifact trainedOn(Artifact model, JdbcClient jdbc) {
        long id = jdbc.sql("select input from lineage where artifact = ? and input_kind = 'DATASET'")
                .params(model.id())
                .query(Long.class)
                .single();
        return new Artifacts(jdbc).get(id);
    }

    /** That a BERT model was trained with: a probe hides as much. */
    private static Optional<String> maskRate(Artifact model, JdbcClient jdbc) {
        return jdbc.sql(
                        """
                        select p.parameter_value
                        from model m
                        join artifact a on a.artifact_id = m.model_id
                        join batch_job_execution_params p on p.job_execution_id = a.job_execution_id
                        where m.model_id = ? and m.objective = 'bert' and p.parameter_name = 'mask_rate'
                        """)
                .params(model.id())
                .query(String.class)
                .optional();
    }

    /** To a model, another palette is another language: its features would say nothing, and nobody would know why. */
    private static void checkSameTokens(Artifact own, Artifact other, Project project, JdbcClient jdbc) {
        var datasets = new Datasets(jdbc);
        var known = datasets.get(own.id());
        var given = datasets.get(other.id());
        var palette = project.runs().resolve(known.palettePath());
        var difference = known.resolution() != given.resolution()
                ? "has %d x %1$d pixels, the model %d x %2$d".formatted(given.resolution(), known.resolution())
                : isSame(palette, project.runs().resolve(given.palettePath()))
                        ? ""
                        : "has another palette than the model";
        if (!difference.isEmpty()) {
            throw new UsageException(
                    "dataset %s (run %d) %s: ./igpt run prepare data=… resolution=%d colours=%d palette=%s"
                            .formatted(
                                    other.name(),
                                    other.run(),
                                    difference,
                                    known.resolution(),
                                    known.colours(),
                                    palette));
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.mismatch(one, other) < 0;
        } catch (IOException e) {
            throw new UsageException("cannot read the palettes %s and %s: %s".formatted(one, other, e.getMessage()), e);
        }
    }

    /** By "newest", a run's number or a name. Complete, except that a run's own may be under way. */
    private static Artifact artifact(Kind kind, String selector, String maker, JdbcClient jdbc) {
        var artifacts = new Artifacts(jdbc);
        var what = kind.name().toLowerCase(Locale.ROOT);
        if (selector.equals("newest")) {
            return artifacts
                    .newest(kind)
                    .orElseThrow(() -> new UsageException("there is no %s yet: ./igpt run %s".formatted(what, maker)));
        }
        if (selector.matches("\\d+")) {
            long run = number(what, selector);
            return artifacts.ofRun(kind, run).orElseThrow(() -> madeNone(run, what, jdbc));
        }
        return artifacts.named(kind, selector).orElseThrow(() -> {
            var names = jdbc.sql(
                            "select distinct name from lineage where kind = ? and completed is not null order by name")
                    .params(kind.name())
                    .query(String.class)
                    .list();
            return new UsageException("unknown " + what + " '" + selector + "'" + Nearest.hint(selector, names));
        });
    }

    private static UsageException madeNone(long run, String what, JdbcClient jdbc) {
        return jdbc.sql("select job_name from batch_job_instance where job_instance_id = ?")
                .params(run)
                .query(String.class)
                .optional()
                .map(job -> new UsageException("run %d, a %s, made no %s".formatted(run, job, what)))
                .orElseGet(() -> UsageException.noRun(run));
    }

    /** As {@link #artifact}; a sweep's number means the best of its models. */
    private static Artifact model(String selector, JdbcClient jdbc, Consumer<String> say) {
        var artifacts = new Artifacts(jdbc);
        var sweep = selector.matches("\\d+")
                ? artifacts.ofRun(Kind.SWEEP, number("model", selector))
                : Optional.<Artifact>empty();
        if (sweep.isEmpty()) return artifact(Kind.MODEL, selector, "pretrain", jdbc);
        var winner = new SweepTrials(jdbc).winner(sweep.get().id());
        if (winner.isEmpty() || winner.get().madeId() == null || winner.get().validationNats() == null) {
            throw new UsageException(
                    sweep.get().complete()
                            ? "run %s is a sweep, and not of models".formatted(selector)
                            : "run %s has not finished its sweep: ./igpt resume %1$s".formatted(selector));
        }
        say.accept(
                "learning_rate %s, the best of sweep %s".formatted(winner.get().learningRate(), selector));
        return artifacts.get(winner.get().madeId());
    }

    private static Checkpoint newest(Artifact model, JdbcClient jdbc) {
        return new Checkpoints(jdbc)
                .newest(model.id())
                .orElseThrow(() -> new UsageException("run " + model.run() + " has no checkpoint yet"));
    }

    private static Checkpoint atIteration(Artifact model, long iteration, JdbcClient jdbc) {
        var all = new Checkpoints(jdbc).all(model.id());
        return all.stream()
                .filter(checkpoint -> checkpoint.iteration() == iteration)
                .findFirst()
                .orElseThrow(() -> new UsageException("run %d has no checkpoint at iteration %d; it has %s"
                        .formatted(
                                model.run(),
                                iteration,
                                all.stream().map(Checkpoint::iteration).toList())));
    }

    private static long number(String what, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UsageException(what + " cannot be '" + text + "': it must be a whole number", e);
        }
    }
}
