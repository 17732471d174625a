package igpt.testjobs;

import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration
public class CountConfiguration {
    @Bean
    Step unready() {
        throw new IllegalStateException("this job cannot be made");
    }

    @Bean
    Step numbers(JobRepository repository, PlatformTransactionManager transactions, Tasklet counting) {
        return new StepBuilder("numbers", repository)
                .tasklet(counting, transactions)
                .build();
    }

    @Bean
    Step total(JobRepository repository, PlatformTransactionManager transactions, RunContext run) {
        return new StepBuilder("total", repository)
                .tasklet(
                        (contribution, chunk) -> {
                            var numbers = Files.readAllLines(run.folder().resolve("numbers.txt"));
                            Files.writeString(
                                    run.folder().resolve("total.txt"),
                                    String.valueOf(numbers.stream()
                                            .mapToInt(Integer::parseInt)
                                            .sum()));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    /** A number a commit. What was written after the last one is cut off on restart. */
    @Bean
    @StepScope
    Tasklet counting(RunContext run, ProgressReporter progress) {
        var parameters = run.parameters(CountParameters.class);
        var file = run.folder().resolve("numbers.txt");
        var failed = run.folder().resolve("failed");
        return (contribution, chunk) -> {
            var context = chunk.getStepContext().getStepExecution().getExecutionContext();
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
        };
    }
}
