package igpt.recipe;

/**
 * What is known of a step without creating it.
 *
 * @param name of its bean, by which Spring Batch stores its executions
 * @param summary one line
 */
public record StepDescription(String name, String summary) {}
