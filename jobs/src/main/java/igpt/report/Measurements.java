package igpt.report;

import igpt.recipe.Measurement;
import igpt.recipe.Recipe;
import igpt.schema.artifact.Artifact;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a run and its children measured, as the recipes of what they made tell it. */
final class Measurements {
    private Measurements() {}

    /** @param artifacts of the run and its children; those of a model's checkpoints come first, in their order */
    static List<Measurement> of(JdbcClient jdbc, List<Recipe> recipes, List<Artifact> artifacts) {
        var byKind = recipes.stream().collect(Collectors.toMap(Recipe::kind, Function.identity()));
        var known = artifacts.stream()
                .filter(artifact -> byKind.containsKey(artifact.kind()))
                .map(artifact -> Map.entry(byKind.get(artifact.kind()), artifact))
                .toList();
        return known.stream()
                .sorted(Comparator.comparingLong(
                        one -> one.getKey().iteration(jdbc, one.getValue()).orElse(Long.MAX_VALUE)))
                .flatMap(one -> one.getKey().measurements(jdbc, one.getValue()).stream())
                .toList();
    }
}
