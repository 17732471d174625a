package igpt.predict;

import igpt.config.Nearest;
import igpt.config.ParameterSet;
import igpt.config.UsageException;
import igpt.recipe.Input;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.study.SweepTrials;
import igpt.schema.run.PastRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the classifier and the images that it is to classify. */
public final class ClassifyResolver {
    private ClassifyResolver() {}

    /** @throws UsageException if one of them does not exist, or they do not go together */
    public static RunInputs find(ParameterSet set, Lookup lookup) {
        var p = set.as(ClassifyParameters.class);
        var classifier = classifier(p.classifier(), lookup);
        var finder = new ModelFinder(lookup.jdbc(), lookup.project().runs());
        boolean isProbe = isProbe(classifier);
        if (!isProbe && p.layer() >= 0) {
            throw new UsageException(
                    "parameter 'layer' is for probes: run %d is a fine-tuned classifier, which reads layer %d"
                            .formatted(
                                    classifier.run(), finder.tuned(classifier).layer()));
        }
        long modelId = isProbe
                ? finder.probed(classifier).modelId()
                : finder.tuned(classifier).modelId();
        var parts = parts(classifier, p.layer(), finder);
        var model = lookup.artifacts().get(modelId);
        lookup.say().accept(words(classifier, parts));
        return RunInputs.of(
                isProbe ? new Input.Probe(classifier.fingerprint()) : new Input.Classifier(classifier.fingerprint()),
                ShownImagesResolver.find(p.data(), p.dataset(), p.split(), parts, model, lookup));
    }

    /** What a classifier is made of: a fine-tuned one, or a probe's on that layer; −1: on its best. */
    public static ModelParts parts(Artifact classifier, int layer, ModelFinder finder) {
        try {
            return isProbe(classifier) ? finder.ofProbe(classifier, layer) : finder.ofClassifier(classifier);
        } catch (IOException e) {
            throw new UsageException("cannot read the probe of run " + classifier.run() + ": " + e.getMessage(), e);
        }
    }

    static boolean isProbe(Artifact classifier) {
        return classifier.kind().equals(Input.Probe.KIND);
    }

    static String words(Artifact classifier, ModelParts parts) {
        int layer = parts.head() != null
                ? parts.head().layer()
                : Objects.requireNonNull(parts.probe()).layer();
        return "%s %s (run %d), layer %d, %d classes"
                .formatted(
                        isProbe(classifier) ? "probe" : "fine-tuned classifier",
                        classifier.name(),
                        classifier.run(),
                        layer,
                        parts.classes().size());
    }

    /**
     * A fine-tuned classifier or a probe, the newer of the two where both are named so.
     *
     * @param selector newest, a run's number (of a sweep: its winner) or a name
     */
    public static Artifact classifier(String selector, Lookup lookup) {
        var found = Lookup.isNumber(selector)
                ? ofRun(Lookup.number("classifier", selector), lookup)
                : Stream.of(Input.Classifier.KIND, Input.Probe.KIND)
                        .flatMap(kind -> (selector.equals("newest")
                                        ? lookup.artifacts().newest(kind)
                                        : lookup.artifacts().named(kind, selector))
                                .stream())
                        .max(Comparator.comparing(one -> Objects.requireNonNull(one.completedAt())));
        return found.orElseThrow(() -> none(selector, lookup));
    }

    private static Optional<Artifact> ofRun(long run, Lookup lookup) {
        var trials = new SweepTrials(lookup.jdbc());
        var winner = trials.ofRun(run)
                .flatMap(sweep -> trials.winner(sweep.id()))
                .map(trial -> trial.madeId())
                .map(made -> lookup.artifacts().get(made))
                .filter(made -> made.kind().equals(Input.Classifier.KIND));
        var found = winner.or(() -> lookup.artifacts().ofRun(Input.Classifier.KIND, run))
                .or(() -> lookup.artifacts().ofRun(Input.Probe.KIND, run));
        if (found.isPresent() && !found.get().complete()) {
            throw new UsageException("run %d has not finished its %s: ./igpt resume %1$d"
                    .formatted(found.get().run(), found.get().kind().word()));
        }
        return found;
    }

    private static UsageException none(String selector, Lookup lookup) {
        if (selector.equals("newest")) {
            return new UsageException("there is no classifier yet: ./igpt run probe, or finetune");
        }
        if (Lookup.isNumber(selector)) {
            long run = Lookup.number("classifier", selector);
            return new PastRuns(lookup.jdbc())
                    .job(run)
                    .map(job -> new UsageException(
                            "run %d (%s) made no classifier: give a run of finetune or probe".formatted(run, job)))
                    .orElseGet(() -> UsageException.noRun(run));
        }
        var names = new ArrayList<>(lookup.artifacts().names(Input.Classifier.KIND));
        names.addAll(lookup.artifacts().names(Input.Probe.KIND));
        return new UsageException("unknown classifier '" + selector + "'" + Nearest.hint(selector, List.copyOf(names)));
    }
}
