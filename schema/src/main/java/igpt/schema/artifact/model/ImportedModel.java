package igpt.schema.artifact.model;

/**
 * Where a model came from that was trained elsewhere, and its palette.
 *
 * @param id of its artifact
 * @param source the folder
 * @param layout openai, huggingface or igpt
 * @param sourceSha256 over those of all its files
 * @param resolution pixels a side
 * @param path of its palette, relative to the runs folder
 * @param sha256 of the palette
 */
public record ImportedModel(
        long id, String source, String layout, String sourceSha256, int resolution, String path, String sha256) {}
