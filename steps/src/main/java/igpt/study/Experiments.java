package igpt.study;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.pretrain.PretrainParameters;
import igpt.probe.ProbeParameters;
import igpt.recipe.ChildRuns;
import igpt.recipe.Input;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.schema.artifact.Artifact;
import igpt.study.ExperimentParameters.Experiment;
import java.util.Map;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.stereotype.Component;

/** What the experiments have in common: the run's own parameters are passed on to the runs that it launches. */
@Component
final class Experiments {
    private final RunContext run;
    private final RunArtifacts artifacts;
    private final ChildRuns children;

    Experiments(RunContext run, RunArtifacts artifacts, ChildRuns children) {
        this.run = run;
        this.artifacts = artifacts;
        this.children = children;
    }

    boolean wants(Experiment experiment) {
        return parameters().wants(experiment);
    }

    ExperimentParameters parameters() {
        return run.parameters(ExperimentParameters.class);
    }

    /** The model that this run pre-trained. */
    Artifact model() {
        return artifacts.get(MODEL);
    }

    /** The same network on the same images with the other objective: trained at the first call, found at the next. */
    Artifact bert() throws JobInterruptedException {
        var pretrain = own(PretrainParameters.class);
        pretrain.put("objective", "bert");
        pretrain.put("learning_rate", String.valueOf(parameters().bertLearningRate()));
        pretrain.put("milestones", "");
        var inputs = RunInputs.of(
                run.inputs().get(Input.Size.class),
                new Input.Dataset(artifacts.get(DATASET).fingerprint()));
        return children.run("pretrain", pretrain, inputs, "bert").made(MODEL);
    }

    /** A probe as this run's own, but for the baselines, which it has. */
    void probe(Artifact model, String iteration, String purpose) throws JobInterruptedException {
        var probe = own(ProbeParameters.class);
        probe.put("checkpoint", model.run() + iteration);
        probe.put("untrained", "false");
        probe.put("pixels", "false");
        children.run("probe", probe, purpose);
    }

    /** Of the run's parameters those that another job has too. */
    Map<String, String> own(Class<? extends Record> parameters) {
        return run.parameters().of(parameters);
    }
}
