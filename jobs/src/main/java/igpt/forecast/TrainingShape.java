package igpt.forecast;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.device.MemoryNeeds;
import igpt.finetune.FinetuneParameters;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.model.Precision;
import igpt.prepare.PrepareParameters;
import igpt.pretrain.ModelRecipe;
import igpt.pretrain.PretrainParameters;
import igpt.recipe.Input;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.Tokenizers;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.model.Models;
import igpt.schema.dataset.Datasets;
import igpt.tokenizer.Grid;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the time and the memory of a run's training depend on.
 *
 * @param step that trains: train or tune
 * @param part images at a time
 * @param times it is trained, at most: a sweep's rates
 */
public record TrainingShape(
        String step,
        ModelConfig config,
        int batch,
        int part,
        boolean recompute,
        Precision precision,
        long iterations,
        int times) {

    /** Of a run that pre-trains a model. */
    public static TrainingShape ofPretrain(RunContext run, JdbcClient jdbc, int times) {
        var p = run.parameters(PretrainParameters.class);
        var size = ModelRecipe.size(run);
        Grid grid;
        int colours;
        if (run.inputs().find(Input.Dataset.class).isPresent()) {
            var dataset = new Datasets(jdbc).get(given(DATASET, run, jdbc));
            grid = Tokenizers.grid(dataset);
            colours = dataset.colours();
        } else {
            grid = run.parameters(PrepareParameters.class).grid();
            colours = run.parameters(PrepareParameters.class).colours();
        }
        var config =
                new ModelConfig(size.layers(), size.width(), size.heads(), grid.positions(), colours, p.objective());
        int part = part(run, config, p.batch(), p.microBatch(), p.recompute(), p.precision());
        return new TrainingShape("train", config, p.batch(), part, p.recompute(), p.precision(), p.iterations(), times);
    }

    /** Of a run that fine-tunes the model that it was given. */
    public static TrainingShape ofFinetune(RunContext run, JdbcClient jdbc, int times) {
        var p = run.parameters(FinetuneParameters.class);
        var config = model(run, jdbc);
        int part = part(run, config, p.batch(), p.microBatch(), p.recompute(), p.precision());
        return new TrainingShape("tune", config, p.batch(), part, p.recompute(), p.precision(), p.iterations(), times);
    }

    /** Of the model that the run was given. */
    static ModelConfig model(RunContext run, JdbcClient jdbc) {
        var model = new Models(jdbc).get(given(MODEL, run, jdbc));
        return new ModelConfig(
                model.layers(),
                model.width(),
                model.heads(),
                model.positions(),
                model.colours(),
                Objective.valueOf(model.objective().toUpperCase(Locale.ROOT)));
    }

    private static long given(Recipe recipe, RunContext run, JdbcClient jdbc) {
        return new Artifacts(jdbc)
                .find(recipe.kind(), recipe.fingerprint(run))
                .orElseThrow()
                .id();
    }

    private static int part(
            RunContext run, ModelConfig config, int batch, int given, boolean recompute, Precision precision) {
        return given > 0 ? given : MemoryNeeds.microBatch(config, batch, recompute, precision, run.device());
    }
}
