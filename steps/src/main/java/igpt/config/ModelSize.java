package igpt.config;

/** A file of {@code config/models}: the part of a model's shape that does not depend on its data. */
public record ModelSize(int layers, int width, int heads) {
    public ModelSize {
        if (layers < 1 || width < 1 || heads < 1) {
            throw new UsageException(
                    "layers %d, width %d, heads %d: each must be at least 1".formatted(layers, width, heads));
        }
        if (width % heads != 0) {
            throw new UsageException("width %d cannot be shared evenly by %d heads".formatted(width, heads));
        }
    }
}
