package igpt.report;

/**
 * A number of ours.
 *
 * @param key by which a published number finds it: experiment/dataset/objective
 * @param row what it is called: {@code cifar10 nano probe AR}
 */
record Measured(String table, String key, String row, String metric, double value, long run) {}
