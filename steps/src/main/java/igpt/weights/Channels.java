package igpt.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** Stretches of files. */
public final class Channels {
    private static final int CHUNK = 1 << 20;

    private Channels() {}

    /** Bytes from a place on, little-endian. They are copied: a mapped file that another process cuts short ends this one. */
    static ByteBuffer read(Path file, long from, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        try (var channel = FileChannel.open(file)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, from + bytes.position()) < 0) {
                    throw new EOFException(file + " ends early");
                }
            }
        }
        return bytes.flip();
    }

    /** What takes bytes on their way. */
    public interface Sink {
        void accept(ByteBuffer bytes) throws IOException;
    }

    /** The numbers as little-endian floats, a piece at a time. */
    public static void floats(float[] values, Sink sink) throws IOException {
        var piece = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < values.length; ) {
            int count = Math.min(CHUNK / Float.BYTES, values.length - at);
            piece.clear().asFloatBuffer().put(values, at, count);
            sink.accept(piece.limit(count * Float.BYTES));
            at += count;
        }
    }

    static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
