package igpt.recipe;

/**
 * A step that launches runs. A call can take days, so no transaction is open around it. A call commits what it writes, and
 * after a kill the next one finds what is complete.
 */
public interface LaunchingStep extends RunStep {}
