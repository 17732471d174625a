package igpt.report;

/**
 * A number of ours.
 *
 * @param key by which a published number finds it: experiment/dataset/objective
 * @param row what it is called where no published number stands beside it
 */
record Measured(String table, String key, String row, String metric, double value, long run) {}
