package igpt.image;

import igpt.schema.file.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Decoded images of a part, between decoding and quantizing: for each its place, then its RGB. */
public final class PixelFile {
    private PixelFile() {}

    /** A decoded image: its place in the {@link SplitPlan}, and 3 · resolution² bytes. */
    public record Pixels(int place, byte[] rgb) {}

    /** Takes an image; {@code rgb} is reused for the next. */
    @FunctionalInterface
    public interface Sink {
        void accept(int place, byte[] rgb) throws IOException;
    }

    public static void write(Path file, List<Pixels> images) throws IOException {
        AtomicFiles.write(file, temporary -> {
            try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16))) {
                for (var image : images) {
                    out.writeInt(image.place());
                    out.write(image.rgb());
                }
            }
        });
    }

    public static void read(Path file, int resolution, Sink sink) throws IOException {
        byte[] rgb = new byte[3 * resolution * resolution];
        long left = Files.size(file);
        if (left % (4 + rgb.length) != 0) {
            throw new EOFException(file + " ends within an image");
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (; left > 0; left -= 4 + rgb.length) {
                int place = in.readInt();
                in.readFully(rgb);
                sink.accept(place, rgb);
            }
        }
    }
}
