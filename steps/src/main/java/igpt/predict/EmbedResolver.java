package igpt.predict;

import igpt.config.ParameterSet;
import igpt.config.UsageException;
import igpt.pretrain.CheckpointResolver;
import igpt.recipe.Input;
import igpt.recipe.LayerChoice;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.schema.artifact.classifier.Probes;
import igpt.schema.artifact.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the model whose features are wanted, the probe that knows its best layer, and the images. */
public final class EmbedResolver {
    private EmbedResolver() {}

    /** @throws UsageException if one of them does not exist, or they do not go together */
    public static RunInputs find(ParameterSet set, Lookup lookup) {
        var p = set.as(EmbedParameters.class);
        var found = CheckpointResolver.find(p.checkpoint(), lookup);
        var finder = new ModelFinder(lookup.jdbc(), lookup.project().runs());
        var model = finder.ofModel(found.model(), found.iteration(), p.seed());
        var maskRate = new Models(lookup.jdbc()).maskRate(found.model().id()).orElse(null);
        var inputs = new ArrayList<Input>(
                List.of(new Input.Checkpoint(found.model().fingerprint(), found.iteration(), maskRate)));
        if (p.layer().equals(LayerChoice.BEST)) {
            inputs.add(probe(p, found, finder, lookup));
        } else {
            LayerChoice.of(p.layer(), model.config().layers(), () -> 0); // refuses those that it has not
        }
        inputs.add(ShownImagesResolver.find(p.data(), p.dataset(), p.split(), model, found.model(), lookup));
        return RunInputs.of(inputs);
    }

    private static Input.Probe probe(
            EmbedParameters p, CheckpointResolver.Found found, ModelFinder finder, Lookup lookup) {
        var tap = p.tap().name().toLowerCase(Locale.ROOT);
        var probe = new Probes(lookup.jdbc())
                .newest(found.model().id(), found.iteration(), tap)
                .map(id -> lookup.artifacts().get(id))
                .orElseThrow(() -> new UsageException(
                        "layer=best: no probe knows the best layer of run %d at iteration %d: ./igpt run probe checkpoint=%1$d@%2$d, or give layer=%d or layer=all"
                                .formatted(
                                        found.model().run(),
                                        found.iteration(),
                                        finder.ofModel(found.model(), found.iteration(), 0)
                                                        .config()
                                                        .layers()
                                                / 2)));
        lookup.say()
                .accept("layer %d, the best by the probe of run %d"
                        .formatted(finder.probe(probe, -1).layer(), probe.run()));
        return new Input.Probe(probe.fingerprint());
    }
}
