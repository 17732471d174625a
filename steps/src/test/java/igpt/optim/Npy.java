package igpt.optim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads little-endian C-order .npy files (version 1) of the test fixtures and benchmarks. */
final class Npy {

    final int[] shape;
    final ByteBuffer data;

    private Npy(int[] shape, ByteBuffer data) {
        this.shape = shape;
        this.data = data;
    }

    static Npy read(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
            int header = bytes.getShort(8);
            var text = new byte[header];
            bytes.get(10, text);
            Matcher shape =
                    Pattern.compile("'shape': \\(([^)]*)\\)").matcher(new String(text, StandardCharsets.ISO_8859_1));
            if (!shape.find()) {
                throw new IOException("no shape in " + file);
            }
            var sizes = Pattern.compile("\\d+")
                    .matcher(shape.group(1))
                    .results()
                    .mapToInt(m -> Integer.parseInt(m.group()))
                    .toArray();
            return new Npy(sizes, bytes.position(10 + header).slice().order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    float[] floats() {
        var values = new float[data.remaining() / 4];
        data.asFloatBuffer().get(values);
        return values;
    }

    int[] ints() {
        var values = new int[data.remaining() / 4];
        data.asIntBuffer().get(values);
        return values;
    }
}
