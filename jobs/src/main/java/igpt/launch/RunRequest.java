package igpt.launch;

import igpt.config.ParameterSet;

/**
 * What a user asks for.
 *
 * @param again whether to do again what is complete
 */
public record RunRequest(JobDefinition job, ParameterSet parameters, boolean again) {}
