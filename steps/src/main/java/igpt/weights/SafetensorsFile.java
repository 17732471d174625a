package igpt.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tensors as Hugging Face keeps them (https://huggingface.co/docs/safetensors): the header's length in 8 bytes, a header in
 * JSON, and the numbers, little-endian. Nothing in the header is believed: no tensor reaches beyond the file, and each byte
 * belongs to one tensor.
 */
final class SafetensorsFile implements TensorFile {
    /** That of iGPT-L has 60 kB. A longer one is read by nobody's mistake. */
    private static final long LONGEST_HEADER = 1 << 24;

    private static final Map<String, Integer> BYTES = Map.ofEntries(
            Map.entry("F64", 8),
            Map.entry("F32", 4),
            Map.entry("F16", 2),
            Map.entry("BF16", 2), //
            Map.entry("I64", 8),
            Map.entry("I32", 4),
            Map.entry("I16", 2),
            Map.entry("I8", 1), //
            Map.entry("U64", 8),
            Map.entry("U32", 4),
            Map.entry("U16", 2),
            Map.entry("U8", 1), //
            Map.entry("BOOL", 1),
            Map.entry("F8_E4M3", 1),
            Map.entry("F8_E5M2", 1));

    private final Path path;
    private final long dataFrom;
    private final Map<String, TensorInfo> tensors = new TreeMap<>();
    private final Map<String, Stretch> stretches = new TreeMap<>();

    /** Where a tensor's bytes are, counted from the end of the header. */
    private record Stretch(String tensor, long from, long to) {}

    private SafetensorsFile(Path path, long dataFrom) {
        this.path = path;
        this.dataFrom = dataFrom;
    }

    /** @throws UserException if it is not such a file */
    static SafetensorsFile open(Path path) throws IOException {
        long size = Files.size(path);
        if (size < 8) {
            throw Refusal.of(path, "no safetensors file: it has %d bytes".formatted(size));
        }
        long header = Channels.read(path, 0, 8).getLong();
        if (header < 2 || header > size - 8) {
            throw Refusal.of(
                    path,
                    "no safetensors file, or cut short: its header would have %s bytes, the file has %,d"
                            .formatted(Long.toUnsignedString(header), size));
        }
        if (header > LONGEST_HEADER) {
            throw Refusal.of(path, "its header has %,d bytes; at most %,d are read".formatted(header, LONGEST_HEADER));
        }
        var file = new SafetensorsFile(path, 8 + header);
        file.parse(Channels.read(path, 8, (int) header).array());
        file.checkStretches(size - 8 - header);
        return file;
    }

    private void parse(byte[] header) throws IOException {
        var factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        var tensor = "";
        try (var json = factory.createParser(header)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "is no JSON object");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                tensor = json.currentName();
                json.nextToken();
                if (tensor.equals("__metadata__")) {
                    json.skipChildren();
                } else {
                    add(tensor, json);
                }
            }
            tensor = "";
            require(json.nextToken() == null, "goes on after its end");
        } catch (JsonProcessingException e) {
            var where = tensor.isEmpty() ? "" : " at tensor " + Refusal.line(tensor);
            throw Refusal.of(path, "its header is broken%s: %s".formatted(where, Refusal.line(e.getOriginalMessage())));
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Refusal.of(path, "its header " + otherwise);
        }
    }

    private void add(String tensor, JsonParser json) throws IOException {
        @Nullable String type = null;
        @Nullable List<Long> shape = null;
        @Nullable List<Long> offsets = null;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.of(path, tensor, "is not described by an object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> type = json.getValueAsString("");
                case "shape" -> shape = numbers(tensor, json);
                case "data_offsets" -> offsets = numbers(tensor, json);
                default -> json.skipChildren();
            }
        }
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw Refusal.of(path, tensor, "has no dtype, shape or data_offsets of two numbers");
        }
        var bytes = BYTES.get(type);
        if (bytes == null) {
            throw Refusal.of(path, tensor, "is of an unknown type, " + Refusal.line(type));
        }
        var info = new TensorInfo(type, shape);
        var stretch = new Stretch(tensor, offsets.get(0), offsets.get(1));
        long size = size(tensor, info, bytes);
        if (stretch.to() < stretch.from() || stretch.to() - stretch.from() != size) {
            throw Refusal.of(
                    path,
                    tensor,
                    "takes %,d bytes, but its offsets are %d and %d".formatted(size, stretch.from(), stretch.to()));
        }
        tensors.put(tensor, info);
        stretches.put(tensor, stretch);
    }

    private long size(String tensor, TensorInfo info, int bytes) {
        try {
            return Math.multiplyExact(info.size(), (long) bytes);
        } catch (ArithmeticException e) {
            throw Refusal.of(path, tensor, "is larger than any file: " + Refusal.line("" + info.shape()));
        }
    }

    private List<Long> numbers(String tensor, JsonParser json) throws IOException {
        var numbers = new ArrayList<Long>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() == JsonToken.VALUE_NUMBER_INT && json.getLongValue() >= 0) {
                numbers.add(json.getLongValue());
            }
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw Refusal.of(path, tensor, "has a shape or offsets that are not whole numbers of at least 0");
        }
        return numbers;
    }

    /** One after the other, without gaps, to the end of the file. */
    private void checkStretches(long size) {
        long at = 0;
        var before = "";
        var inOrder = stretches.values().stream()
                .sorted(Comparator.comparingLong(Stretch::from).thenComparingLong(Stretch::to))
                .toList();
        for (var stretch : inOrder) {
            if (stretch.to() > size) {
                throw Refusal.of(
                        path,
                        stretch.tensor(),
                        "ends at byte %d of %,d: the file is cut short, or its header wrong"
                                .formatted(stretch.to(), size));
            }
            if (stretch.from() < at) {
                throw Refusal.of(path, stretch.tensor(), "overlaps tensor " + Refusal.line(before));
            }
            if (stretch.from() > at) {
                throw Refusal.of(path, stretch.tensor(), "leaves %,d bytes before it".formatted(stretch.from() - at));
            }
            at = stretch.to();
            before = stretch.tensor();
        }
        require(at == size, "leaves %,d bytes at the end of the file".formatted(size - at));
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<Path> files() {
        return List.of(path);
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return tensors;
    }

    @Override
    public float[] read(String name) throws IOException {
        var info = tensors.get(name);
        if (info == null) {
            throw Refusal.of(path, name, "is missing");
        }
        var type = NumberType.of(info.type())
                .orElseThrow(() -> Refusal.of(path, name, "is of type " + info.type() + ": not a weight's"));
        var stretch = Objects.requireNonNull(stretches.get(name));
        long size = stretch.to() - stretch.from();
        if (size > Integer.MAX_VALUE - 8) {
            throw Refusal.of(path, name, "has %,d bytes: more than any weight".formatted(size));
        }
        return type.decode(Channels.read(path, dataFrom + stretch.from(), (int) size));
    }
}
