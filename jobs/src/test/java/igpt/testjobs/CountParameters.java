package igpt.testjobs;

import igpt.config.Parameter;

public record CountParameters(
        @Parameter(help = "how far to count", defaultValue = "5", min = 1, max = 1000) int to,
        @Parameter(help = "milliseconds a number", defaultValue = "0", min = 0, identifying = false) int pause,
        @Parameter(help = "give up a pause on a stop", defaultValue = "false", identifying = false) boolean eager,
        @Parameter(help = "fails here, once; -1: never", defaultValue = "-1", min = -1) int failAt,
        @Parameter(help = "of nothing", defaultValue = "0") long seed) {}
