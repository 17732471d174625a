package igpt.launch;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.recipe.StepDescription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.SimpleJob;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

class JobCatalogueTest {
    private final JobCatalogue catalogue = JobCatalogue.standard();

    @Test
    void jobsAreKnownByWhereTheyStand() {
        assertThat(catalogue.jobs())
                .extracting(JobDefinition::name)
                .startsWith("prepare", "pretrain", "probe", "sample", "sweep", "finetune", "lowdata", "reproduce");
    }

    @Test
    void eachKindHasOneRecipe() {
        assertThat(catalogue.recipes())
                .extracting(recipe -> recipe.kind().word())
                .doesNotHaveDuplicates()
                .startsWith("dataset", "model", "features", "probe", "samples", "sweep", "classifier", "lowdata");
    }

    /** What {@code igpt jobs} prints is what runs. */
    @Test
    void aJobHasTheStepsThatItTells() {
        for (var job : catalogue.jobs()) {
            assertThat(stepsBuilt(job, Map.of()))
                    .as(job.name())
                    .isSubsetOf(names(job))
                    .isNotEmpty();
        }
        for (var job : catalogue.jobs()) {
            for (var recipe : job.makes()) assertThat(job.steps()).containsSubsequence(recipe.steps());
        }
        var reproduce = catalogue.named("reproduce");
        assertThat(stepsBuilt(reproduce, Map.of("experiments", "milestones,bert,finetune,lowdata")))
                .containsExactlyElementsOf(names(reproduce));
        assertThat(stepsBuilt(reproduce, Map.of())).endsWith("draw");
        assertThat(stepsBuilt(reproduce, Map.of("samples", "0", "complete", "none")))
                .endsWith("test");
        assertThat(stepsBuilt(reproduce, Map.of("objective", "bert"))).endsWith("test");
    }

    private static List<String> names(JobDefinition job) {
        return job.steps().stream().map(StepDescription::name).toList();
    }

    private static List<String> stepsBuilt(JobDefinition job, Map<String, String> given) {
        var parameters = job.parameters().resolve(Map.of(), given);
        JobRepository nowhere = new ResourcelessJobRepository();
        var built = (SimpleJob) job.build(parameters, nowhere, step -> step(step.name(), nowhere));
        return List.copyOf(built.getStepNames());
    }

    private static Step step(String name, JobRepository nowhere) {
        return new StepBuilder(name, nowhere)
                .tasklet((contribution, chunk) -> RepeatStatus.FINISHED)
                .build();
    }
}
