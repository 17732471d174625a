package igpt.study;

import igpt.config.ParameterSet;
import igpt.config.UsageException;
import igpt.prepare.ImagesResolver;
import igpt.prepare.PrepareParameters;
import igpt.pretrain.ModelResolver;
import igpt.pretrain.PretrainParameters;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.sample.SampleParameters;
import igpt.study.ExperimentParameters.Experiment;

/** Finds the images and the model's size, and whether the experiments asked for can be made with them. */
public final class ReproduceResolver {
    private ReproduceResolver() {}

    /** @throws UsageException if something is not there, or an experiment has too little to work on */
    public static RunInputs find(ParameterSet set, Lookup lookup) {
        var pretrain = set.as(PretrainParameters.class);
        var experiments = set.as(ExperimentParameters.class);
        if (experiments.wants(Experiment.MILESTONES) && pretrain.milestones().isBlank()) {
            throw new UsageException(
                    "experiment milestones has nothing to probe: give milestones=0.065,0.131,0.262,0.524, the paper's");
        }
        var sample = set.as(SampleParameters.class);
        if (sample.completes()) {
            if (!sample.completesDataset()) {
                throw new UsageException(
                        "parameter 'complete' cannot be %s: reproduce completes images of its own dataset, test, validation or train, or none; yours: ./igpt run sample complete=FOLDER"
                                .formatted(sample.complete()));
            }
            sample.givenRows(set.as(PrepareParameters.class).grid().rows());
        }
        var size = ModelResolver.size(pretrain.model(), lookup.project());
        var prepare = set.as(PrepareParameters.class);
        var images = ImagesResolver.find(prepare, lookup, source -> {
            if (experiments.wants(Experiment.LOWDATA)) {
                FewLabels.check("lowdata_labels", experiments.lowdataLabelCounts(), FewLabels.planned(prepare, source));
            }
        });
        return RunInputs.of(size, images);
    }
}
