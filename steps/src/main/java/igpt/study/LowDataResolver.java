package igpt.study;

import igpt.config.ParameterSet;
import igpt.config.UsageException;
import igpt.pretrain.CheckpointResolver;
import igpt.probe.ProbeParameters;
import igpt.recipe.Input;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.schema.Counts;
import igpt.schema.dataset.Datasets;

/** Finds the checkpoint and the images for classifiers on few labels, and whether there are as many. */
public final class LowDataResolver {
    private LowDataResolver() {}

    /** @throws UsageException if something is not there, or too little of it */
    public static RunInputs find(ParameterSet set, Lookup lookup) {
        var probe = set.as(ProbeParameters.class);
        var inputs = CheckpointResolver.find(probe.checkpoint(), probe.dataset(), lookup);
        var artifact = lookup.artifact(inputs.get(Input.Dataset.class));
        var dataset = new Datasets(lookup.jdbc()).get(artifact.id());
        var parameters = set.as(LowDataParameters.class);
        for (int labels : parameters.labelCounts()) {
            long needed = (long) labels * dataset.classes().size();
            if (needed > dataset.trainRows() + dataset.validationRows()) {
                throw new UsageException(
                        "parameter 'labels' cannot be %d: dataset %s has %s to train on or validate in %s"
                                .formatted(
                                        labels,
                                        artifact.name(),
                                        Counts.of(dataset.trainRows() + dataset.validationRows(), "image"),
                                        Counts.of(dataset.classes().size(), "class")));
            }
        }
        FewLabels.check("labels", parameters.labelCounts(), new Datasets(lookup.jdbc()).classRows(artifact.id()));
        CheckpointResolver.checkLayer("layer", parameters.layer(), inputs, lookup);
        return inputs;
    }
}
