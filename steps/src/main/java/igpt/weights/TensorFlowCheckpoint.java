package igpt.weights;

import com.google.protobuf.InvalidProtocolBufferException;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Tensors as TensorFlow's savers keep them, in the second of their formats: {@code PREFIX.index}, a sorted table of
 * descriptions, and the numbers in {@code PREFIX.data-00000-of-00032}. TensorFlow itself reads a tensor whose name it is
 * given, but lists none.
 */
final class TensorFlowCheckpoint implements TensorFile {
    private static final int MOST_SHARDS = 100_000; // five digits

    private final Path prefix;
    private final int shards;
    private final Map<String, BundleEntryProto> entries = new TreeMap<>();
    private final Map<String, TensorInfo> tensors = new TreeMap<>();

    private TensorFlowCheckpoint(Path prefix, int shards) {
        this.prefix = prefix;
        this.shards = shards;
    }

    /** @throws UserException if it is no such checkpoint, or a file of it is cut short */
    static TensorFlowCheckpoint open(Path prefix) throws IOException {
        var index = index(prefix);
        var rows = SortedTable.read(index);
        try {
            var first = rows.remove(""); // sorted before all names
            if (first == null) {
                throw Refusal.of(index, "a checkpoint's index without its first row");
            }
            var header = BundleHeaderProto.parseFrom(first);
            boolean little = header.getEndianness() == BundleHeaderProto.Endianness.LITTLE;
            if (!little || header.getNumShards() < 1 || header.getNumShards() >= MOST_SHARDS) {
                throw Refusal.of(
                        index,
                        "a checkpoint of %d files, %s-endian: not one that is read"
                                .formatted(header.getNumShards(), little ? "little" : "big"));
            }
            var checkpoint = new TensorFlowCheckpoint(prefix, header.getNumShards());
            for (var row : rows.entrySet()) {
                checkpoint.add(row.getKey(), BundleEntryProto.parseFrom(row.getValue()));
            }
            return checkpoint;
        } catch (InvalidProtocolBufferException e) {
            throw Refusal.of(index, "damaged index of a checkpoint");
        }
    }

    static Path index(Path prefix) {
        return prefix.resolveSibling(prefix.getFileName() + ".index");
    }

    static Path shard(Path prefix, int shard, int of) {
        return prefix.resolveSibling("%s.data-%05d-of-%05d".formatted(prefix.getFileName(), shard, of));
    }

    private void add(String name, BundleEntryProto entry) throws IOException {
        var shape = entry.getShape().getDimList().stream()
                .map(TensorShapeProto.Dim::getSize)
                .toList();
        var info = new TensorInfo(type(entry.getDtype()), shape);
        if (entry.getSlicesCount() > 0) {
            throw Refusal.of(index(prefix), name, "is kept in slices, which are not put together here");
        }
        long size = size(name, info, entry.getSize());
        var shard = entry.getShardId() < 0 || entry.getShardId() >= shards
                ? null
                : shard(prefix, entry.getShardId(), shards);
        if (shard == null || !Files.isRegularFile(shard)) {
            throw Refusal.of(
                    index(prefix),
                    name,
                    "is in file %d of %d, which is not there".formatted(entry.getShardId(), shards));
        }
        if (entry.getOffset() < 0 || entry.getOffset() > Files.size(shard) - size) {
            throw Refusal.of(shard, name, "ends beyond the file: it is cut short");
        }
        entries.put(name, entry);
        tensors.put(name, info);
    }

    private long size(String name, TensorInfo info, long said) {
        var type = NumberType.of(info.type());
        try {
            boolean positive = info.shape().stream().allMatch(axis -> axis >= 0);
            if (positive && type.isEmpty() || positive && Math.multiplyExact(info.size(), type.get().bytes) == said) {
                return said;
            }
        } catch (ArithmeticException e) {
            // larger than any file
        }
        throw Refusal.of(
                index(prefix),
                name,
                "of shape %s cannot take %d bytes".formatted(Refusal.line("" + info.shape()), said));
    }

    private static String type(DataType type) {
        return switch (type) {
            case DT_FLOAT -> NumberType.F32.name();
            case DT_HALF -> NumberType.F16.name();
            case DT_BFLOAT16 -> NumberType.BF16.name();
            default -> type.name();
        };
    }

    @Override
    public List<Path> files() {
        var files = new ArrayList<>(List.of(index(prefix)));
        for (int i = 0; i < shards; i++) {
            files.add(shard(prefix, i, shards));
        }
        return files;
    }

    @Override
    public Path path() {
        return index(prefix);
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return tensors;
    }

    @Override
    public float[] read(String name) throws IOException {
        var info = tensors.get(name);
        if (info == null) {
            throw Refusal.of(index(prefix), name, "is missing");
        }
        var type = NumberType.of(info.type())
                .orElseThrow(() -> Refusal.of(index(prefix), name, "is of type " + info.type() + ": not a weight's"));
        var entry = Objects.requireNonNull(entries.get(name));
        var shard = shard(prefix, entry.getShardId(), shards);
        if (entry.getSize() > Integer.MAX_VALUE - 8) {
            throw Refusal.of(shard, name, "has %,d bytes: more than any weight".formatted(entry.getSize()));
        }
        var bytes = Channels.read(shard, entry.getOffset(), (int) entry.getSize());
        if (SortedTable.checksum(bytes.duplicate()) != entry.getCrc32C()) {
            throw Refusal.of(shard, name, "is damaged: its checksum is another");
        }
        return type.decode(bytes);
    }
}
