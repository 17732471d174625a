package igpt.jobs;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.prepare.DecodeStep.DECODE;
import static igpt.prepare.InventoryStep.INVENTORY;
import static igpt.prepare.PaletteStep.PALETTE;
import static igpt.prepare.PublishStep.PUBLISH;
import static igpt.prepare.QuantizeStep.QUANTIZE;
import static igpt.pretrain.EvaluateStep.EVALUATE;
import static igpt.pretrain.ModelRecipe.MODEL;
import static igpt.pretrain.TrainStep.TRAIN;
import static igpt.probe.FeaturesRecipe.FEATURES;
import static igpt.probe.ProbeRecipe.PROBE;
import static igpt.sample.DrawStep.DRAW;
import static igpt.sample.SampleRecipe.SAMPLES;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.forecast.TrainingShape;
import igpt.launch.JobDefinition;
import igpt.model.Objective;
import igpt.prepare.PrepareParameters;
import igpt.pretrain.PretrainParameters;
import igpt.probe.FeaturesStep;
import igpt.probe.FitStep;
import igpt.probe.ProbeParameters;
import igpt.probe.TestStep;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import igpt.sample.SampleParameters;
import igpt.schema.dataset.Splits;
import igpt.study.BertStep;
import igpt.study.ExperimentParameters;
import igpt.study.ExperimentParameters.Experiment;
import igpt.study.FewLabelsStep;
import igpt.study.FinetuningStep;
import igpt.study.MilestonesStep;
import igpt.study.ReproduceResolver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Figure 1 of the paper, left to right; then its experiments. */
@Order(7)
final class ReproduceJob extends JobDefinition {
    private static final Map<StepDescription, Experiment> EXPERIMENTS = Map.of(
            MilestonesStep.MILESTONES, Experiment.MILESTONES,
            BertStep.BERT, Experiment.BERT,
            FinetuningStep.FINETUNING, Experiment.FINETUNE,
            FewLabelsStep.FEW_LABELS, Experiment.LOWDATA);

    ReproduceJob() {
        super(
                "reproduce",
                "prepare, pretrain, probe and sample as one job, and the experiments asked for",
                ParameterSchema.of(
                                PrepareParameters.class,
                                PretrainParameters.class,
                                ProbeParameters.class,
                                SampleParameters.class,
                                ExperimentParameters.class)
                        .without("dataset", "checkpoint")
                        .withDefault("complete", Splits.TEST));
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(
                INVENTORY, // which images there are, and which split each is in
                DECODE, // shrunk to the resolution of the model
                PALETTE, // the colours of the training images, by k-means
                QUANTIZE, // pixels become a sequence of colours
                PUBLISH, // checked, counted, and known by name
                TRAIN, // predict the next colour
                EVALUATE, // how well, on images it has not seen
                FeaturesStep.FEATURES, // the mean activation at every layer
                FitStep.FIT, // a linear classifier on each
                TestStep.TEST, // each of them tested, once
                DRAW, // images that nobody has seen, and the rest of those that the model has seen in part
                // What follows is what experiments= asks for; each is a few runs of their own.
                MilestonesStep.MILESTONES, // the features of every milestone of the training (Figure 3)
                BertStep.BERT, // the other objective: hidden pixels from all others (Figure 4)
                FinetuningStep
                        .FINETUNING, // the whole network on labels, from each pre-training and from none (Table 3)
                FewLabelsStep.FEW_LABELS); // a linear classifier on 4, 25, 400 labels a class (Table 4)
    }

    @Override
    public List<StepDescription> steps(ParameterSet parameters) {
        var asked = parameters.as(ExperimentParameters.class);
        boolean draws = parameters.as(SampleParameters.class).draws()
                && parameters.as(PretrainParameters.class).objective() == Objective.AR;
        return steps().stream()
                .filter(step -> draws || !step.equals(DRAW))
                .filter(step -> {
                    var experiment = EXPERIMENTS.get(step);
                    return experiment == null || asked.wants(experiment);
                })
                .toList();
    }

    @Override
    public List<StepDescription> launching(ParameterSet parameters) {
        return steps(parameters).stream()
                .filter(step -> step.equals(BertStep.BERT) || step.equals(FinetuningStep.FINETUNING))
                .toList();
    }

    @Override
    public List<Recipe> makes() {
        return List.of(DATASET, MODEL, FEATURES, PROBE, SAMPLES);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return ReproduceResolver.find(parameters, lookup);
    }

    @Override
    public Optional<TrainingShape> training(RunContext run, JdbcClient jdbc) {
        return Optional.of(TrainingShape.ofPretrain(run, jdbc, 1));
    }
}
