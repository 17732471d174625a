package igpt.recipe;

/**
 * What can be said of a step without making it.
 *
 * @param name of its bean, under which Spring Batch stores its executions
 * @param summary one line
 */
public record StepDescription(String name, String summary) {}
