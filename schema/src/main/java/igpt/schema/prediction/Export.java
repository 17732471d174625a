package igpt.schema.prediction;

import org.jspecify.annotations.Nullable;

/**
 * A model as others use it.
 *
 * @param id of its artifact
 * @param iteration of the checkpoint whose weights they are
 * @param classifierId a fine-tuned one, or probes; null: none is in it
 * @param folder absolute
 * @param path of its manifest, absolute
 */
public record Export(
        long id,
        long modelId,
        long iteration,
        @Nullable Long classifierId,
        String format,
        String folder,
        int files,
        long bytes,
        String path,
        String sha256) {}
