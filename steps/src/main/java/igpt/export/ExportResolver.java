package igpt.export;

import igpt.config.ParameterSet;
import igpt.config.UsageException;
import igpt.predict.ClassifyResolver;
import igpt.predict.ModelFinder;
import igpt.pretrain.CheckpointResolver;
import igpt.recipe.Input;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.Probes;
import igpt.schema.artifact.model.Models;
import igpt.weights.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the model that is to leave the runs, and the classifier that goes with it. */
public final class ExportResolver {
    private static final String AUTO = "auto";
    private static final String NONE = "none";

    private ExportResolver() {}

    /** @param model whose weights they are, or a fine-tuned classifier's are made of */
    private record Chosen(Artifact model, long iteration, @Nullable Artifact classifier) {}

    /** @throws UsageException if one of them does not exist, or they do not go together */
    public static RunInputs find(ParameterSet set, Lookup lookup) {
        var p = set.as(ExportParameters.class);
        if (p.to().isEmpty()) {
            throw new UsageException("give the folder to make, to=FOLDER");
        }
        new Destination(Path.of(p.to())).check();
        var finder = new ModelFinder(lookup.jdbc(), lookup.project().runs());
        var found = choose(p, finder, lookup);
        var chosen = withPlaceFor(found, p, finder);
        var maskRate = new Models(lookup.jdbc()).maskRate(chosen.model().id()).orElse(null);
        var inputs = new ArrayList<Input>(
                List.of(new Input.Checkpoint(chosen.model().fingerprint(), chosen.iteration(), maskRate)));
        var classifier = chosen.classifier();
        if (classifier == null) {
            lookup.say().accept("no classifier: " + whyNone(found, p));
        } else {
            lookup.say()
                    .accept("with the %s of run %d"
                            .formatted(
                                    classifier.kind().equals(Input.Probe.KIND) ? "probe" : "fine-tuned classifier",
                                    classifier.run()));
            inputs.add(
                    classifier.kind().equals(Input.Probe.KIND)
                            ? new Input.Probe(classifier.fingerprint())
                            : new Input.Classifier(classifier.fingerprint()));
        }
        return RunInputs.of(inputs);
    }

    private static String whyNone(Chosen found, ExportParameters p) {
        if (p.classifier().equals(NONE)) {
            return "none is asked for";
        }
        return found.classifier() == null
                ? "no probe of this checkpoint is known"
                : "a probe does not go along in this format";
    }

    /** The layouts of others have no place for a probe, nor for every model; ONNX has, for layers that there are. */
    private static Chosen withPlaceFor(Chosen chosen, ExportParameters p, ModelFinder finder) {
        if (p.format() == Layout.IGPT) {
            return chosen;
        }
        var classifier = chosen.classifier();
        if (p.format() == Layout.ONNX) {
            OnnxFolder.layers(
                    p.layer(),
                    classifier == null
                            ? finder.ofModel(chosen.model(), chosen.iteration(), 0)
                            : ClassifyResolver.parts(classifier, -1, finder));
            return chosen;
        }
        boolean probed = classifier != null && classifier.kind().equals(Input.Probe.KIND);
        if (probed && !p.classifier().equals(AUTO)) {
            throw new UsageException("%s layout has no place for a probe: give classifier=none, or format=igpt"
                    .formatted(p.format().words()));
        }
        var parts = classifier == null || probed
                ? finder.ofModel(chosen.model(), chosen.iteration(), 0)
                : finder.ofClassifier(classifier);
        p.format().check(parts.config(), parts.head());
        return probed ? new Chosen(chosen.model(), chosen.iteration(), null) : chosen;
    }

    private static Chosen choose(ExportParameters p, ModelFinder finder, Lookup lookup) {
        if (!p.classifier().equals(AUTO) && !p.classifier().equals(NONE)) {
            var named = ClassifyResolver.classifier(p.classifier(), lookup);
            var own = ofClassifier(named, finder, lookup);
            if (!p.checkpoint().equals("newest")) {
                checkSame(own, CheckpointResolver.find(p.checkpoint(), lookup), named);
            }
            return own;
        }
        var ofRun = Lookup.isNumber(p.checkpoint())
                ? classifierOfRun(Lookup.number("checkpoint", p.checkpoint()), lookup)
                : Optional.<Artifact>empty();
        if (ofRun.isPresent() && p.classifier().equals(AUTO)) {
            return ofClassifier(ofRun.get(), finder, lookup);
        }
        var found = CheckpointResolver.find(p.checkpoint(), lookup);
        var classifier = p.classifier().equals(NONE)
                ? Optional.<Artifact>empty()
                : finder.cameWith(found.model()).or(() -> new Probes(lookup.jdbc())
                        .newest(found.model().id(), found.iteration(), "norm")
                        .map(id -> lookup.artifacts().get(id)));
        return new Chosen(found.model(), found.iteration(), classifier.orElse(null));
    }

    /** Of a run that made one, and no model. */
    private static Optional<Artifact> classifierOfRun(long run, Lookup lookup) {
        return lookup.artifacts().ofRun(Input.Checkpoint.KIND, run).isPresent()
                ? Optional.empty()
                : lookup.artifacts()
                        .ofRun(Input.Classifier.KIND, run)
                        .or(() -> lookup.artifacts().ofRun(Input.Probe.KIND, run))
                        .filter(Artifact::complete);
    }

    private static Chosen ofClassifier(Artifact classifier, ModelFinder finder, Lookup lookup) {
        if (classifier.kind().equals(Input.Probe.KIND)) {
            var probed = finder.probed(classifier);
            return new Chosen(lookup.artifacts().get(probed.modelId()), probed.iteration(), classifier);
        }
        var row = finder.tuned(classifier);
        return new Chosen(lookup.artifacts().get(row.modelId()), row.iteration(), classifier);
    }

    private static void checkSame(Chosen chosen, CheckpointResolver.Found given, Artifact classifier) {
        boolean tuned = classifier.kind().equals(Input.Classifier.KIND); // whose weights are its own
        if (!chosen.model().equals(given.model()) || !tuned && chosen.iteration() != given.iteration()) {
            throw new UsageException("the classifier of run %d is of run %d at iteration %d, not of checkpoint=%d@%d"
                    .formatted(
                            classifier.run(),
                            chosen.model().run(),
                            chosen.iteration(),
                            given.model().run(),
                            given.iteration()));
        }
    }
}
