package igpt.report.chart;

/**
 * A drawing of the report with what is said of it.
 *
 * @param id of letters, digits and hyphens, once in a report: its file's name
 * @param title a line
 * @param caption in plain words: what it shows, and how to read it
 * @param alternative what it shows, for those who do not see it
 */
public record Figure(String id, String title, String caption, String alternative, Drawing drawing) {}
