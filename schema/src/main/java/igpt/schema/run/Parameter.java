package igpt.schema.run;

/**
 * A parameter that a run was launched with.
 *
 * @param identifying whether it decides the result, so that another value is another run
 */
public record Parameter(String name, String value, boolean identifying) {}
