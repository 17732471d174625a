package igpt.schema.artifact.classifier;

/**
 * The features of the images of one part at one layer.
 *
 * @param featuresId of the artifact
 * @param network trained, untrained or pixels
 * @param split train, validation or test
 * @param path relative to the runs folder
 * @param width numbers an image
 * @param mask which of the images' random masks: 0, 1, …; 0 where there are none
 */
public record FeaturePart(
        long featuresId,
        String network,
        int layer,
        String split,
        int part,
        String path,
        long rows,
        int width,
        String sha256,
        int mask) {}
