package igpt.finetune;

import igpt.recipe.CheckpointFiles;
import igpt.recipe.DatasetRows;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.schema.dataset.Datasets;
import org.springframework.stereotype.Component;

/** Makes the task of either phase. */
@Component
record FinetuningTasks(
        RunContext run,
        RunArtifacts artifacts,
        DatasetRows rows,
        Datasets datasets,
        CheckpointFiles files,
        ClassifierNetworks networks,
        ClassifierRecords records) {

    FinetuningTask of(FinetuningPhase phase) {
        return new FinetuningTask(phase, run, artifacts, rows, datasets, files, networks, records);
    }
}
