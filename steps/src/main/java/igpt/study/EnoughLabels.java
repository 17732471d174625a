package igpt.study;

import igpt.prepare.DatasetRequirement;
import igpt.recipe.RunContext;
import igpt.schema.dataset.ClassRows;
import igpt.study.ExperimentParameters.Experiment;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a run that continues to few labels needs: as many images of every class. */
@Component
record EnoughLabels(RunContext run) implements DatasetRequirement {
    @Override
    public void checkClasses(List<ClassRows> classes) {
        if (run.parameters().has("lowdata_labels")) {
            var experiments = run.parameters(ExperimentParameters.class);
            if (experiments.wants(Experiment.LOWDATA)) {
                FewLabels.check("lowdata_labels", experiments.lowdataLabelCounts(), classes);
            }
        }
    }
}
