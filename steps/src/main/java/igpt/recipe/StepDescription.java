package igpt.recipe;

/**
 * What is known of a step without creating it.
 *
 * @param type what does its work
 * @param name by which Spring Batch stores its executions, and {@code show} prints them
 * @param summary one line
 */
public record StepDescription(Class<? extends RunStep> type, String name, String summary) {}
