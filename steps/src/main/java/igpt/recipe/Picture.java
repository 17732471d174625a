package igpt.recipe;

/**
 * A picture that belongs to an artifact, for {@code report}.
 *
 * @param title a line
 * @param caption in plain words: what it shows, and how to read it
 * @param alternative what it shows, for those who do not see it
 * @param path of the PNG, relative to the runs folder
 */
public record Picture(String title, String caption, String alternative, String path) {}
