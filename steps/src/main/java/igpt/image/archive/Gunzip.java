package igpt.image.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Unpacks gzip, but not what was made to grow for ever: images never pack as well as nothing does. */
final class Gunzip extends GZIPInputStream {

    /** Drawn images pack 20 to 1, empty ones 1000 to 1. */
    private static final long MOST_TO_ONE = 200;

    /** So much may be empty. */
    private static final long HARMLESS = 256L << 20;

    private final Counted packed;
    private long unpacked;

    Gunzip(InputStream in) throws IOException {
        this(new Counted(in));
    }

    private Gunzip(Counted in) throws IOException {
        super(in, 1 << 16);
        packed = in;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        unpacked += Math.max(0, read);
        if (unpacked > HARMLESS && unpacked > MOST_TO_ONE * packed.count) {
            throw new ZipException("it unpacks to more than " + MOST_TO_ONE + " times its size");
        }
        return read;
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
