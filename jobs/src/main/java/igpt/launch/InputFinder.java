package igpt.launch;

import igpt.config.ParameterSet;
import igpt.config.Project;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Settles what a run depends on apart from its parameters: the images, the dataset, the checkpoint. Part of the run's
 * identity, stored with it, and read by steps through {@link igpt.recipe.RunContext#input}.
 */
@FunctionalInterface
public interface InputFinder {
    InputFinder NONE = (parameters, project, jdbc, say) -> Map.of();

    /**
     * @param say takes a line for the user for each choice made for them: {@code dataset shapes (run 3)}
     * @throws igpt.schema.UserException if something is not there
     */
    Map<String, String> find(ParameterSet parameters, Project project, JdbcClient jdbc, Consumer<String> say);
}
