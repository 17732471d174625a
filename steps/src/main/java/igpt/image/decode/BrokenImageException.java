package igpt.image.decode;

import igpt.image.ImageRef;

/** One image that cannot be read; the others can. */
public class BrokenImageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String reason;

    /** @param source the image's {@link ImageRef#source()} */
    public BrokenImageException(String source, String reason, Throwable cause) {
        super(source + ": " + reason, cause);
        this.source = source;
        this.reason = reason;
    }

    public BrokenImageException(String source, String reason) {
        super(source + ": " + reason);
        this.source = source;
        this.reason = reason;
    }

    public String source() {
        return source;
    }

    public String reason() {
        return reason;
    }
}
