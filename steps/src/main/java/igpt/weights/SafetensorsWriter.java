package igpt.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** Writes float32 tensors as {@link SafetensorsFile} reads them, one at a time, in the order of their names. */
final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    static void write(Path file, SortedMap<String, TensorInfo> tensors, TensorValues values) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Channels.write(channel, header(tensors));
            for (var tensor : tensors.entrySet()) {
                var numbers = values.of(tensor.getKey());
                if (numbers.length != tensor.getValue().size()) {
                    throw new IllegalArgumentException(tensor.getKey() + " has " + numbers.length + " numbers");
                }
                Channels.floats(numbers, bytes -> Channels.write(channel, bytes));
            }
        }
    }

    private static ByteBuffer header(SortedMap<String, TensorInfo> tensors) throws IOException {
        var header = new LinkedHashMap<String, Object>();
        header.put("__metadata__", Map.of("format", "pt")); // or transformers refuses it
        long at = 0;
        for (var tensor : tensors.entrySet()) {
            long to = at + Float.BYTES * tensor.getValue().size();
            var entry = new LinkedHashMap<String, Object>();
            entry.put("dtype", tensor.getValue().type());
            entry.put("shape", tensor.getValue().shape());
            entry.put("data_offsets", new long[] {at, to});
            header.put(tensor.getKey(), entry);
            at = to;
        }
        var json = new ObjectMapper().writeValueAsBytes(header);
        var padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return ByteBuffer.allocate(8 + padded.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .put(padded)
                .flip();
    }
}
