package igpt.testjobs;

import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration
@Import({CountConfiguration.Unready.class, CountConfiguration.Numbers.class, CountConfiguration.Total.class})
public class CountConfiguration {
    static final class Unready implements RunStep {
        static final StepDescription UNREADY = new StepDescription(Unready.class, "unready", "cannot be made");

        Unready() {
            throw new IllegalStateException("this job cannot be made");
        }

        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) {
            return RepeatStatus.FINISHED;
        }
    }

    /** A number a commit. What was written after the last one is cut off on restart. */
    record Numbers(RunContext run, ProgressReporter progress) implements RunStep {
        static final StepDescription NUMBERS = new StepDescription(Numbers.class, "numbers", "one by one");

        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
            var parameters = run.parameters(CountParameters.class);
            var file = run.folder().resolve("numbers.txt");
            var failed = run.folder().resolve("failed");
            var context = contribution.getStepExecution().getExecutionContext();
            int done = context.getInt("done", 0);
            try (var meter = progress.begin("numbers", done, parameters.to(), "numbers")) {
                if (done == parameters.failAt() && !Files.exists(failed)) {
                    Files.createFile(failed);
                    throw new IOException("no luck at " + done);
                }
                for (int i = 0; i < parameters.pause(); i += 10) {
                    Thread.sleep(10);
                    if (parameters.eager()) run.checkStop();
                }
                var lines = Files.exists(file) ? Files.readAllLines(file).subList(0, done) : List.<String>of();
                Files.write(file, lines);
                Files.writeString(file, (done + 1) + "\n", StandardOpenOption.APPEND);
                meter.add(1);
            }
            context.putInt("done", done + 1);
            return RepeatStatus.continueIf(done + 1 < parameters.to());
        }
    }

    record Total(RunContext run) implements RunStep {
        static final StepDescription TOTAL = new StepDescription(Total.class, "total", "all of them");

        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws IOException {
            var numbers = Files.readAllLines(run.folder().resolve("numbers.txt"));
            int total = numbers.stream().mapToInt(Integer::parseInt).sum();
            Files.writeString(run.folder().resolve("total.txt"), String.valueOf(total));
            return RepeatStatus.FINISHED;
        }
    }
}
