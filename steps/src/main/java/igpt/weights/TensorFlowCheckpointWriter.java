package igpt.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VersionDef;

/** Writes float32 tensors as TensorFlow restores them, one at a time: its own saver wants all of them in memory. */
final class TensorFlowCheckpointWriter {
    private TensorFlowCheckpointWriter() {}

    static void write(Path prefix, SortedMap<String, TensorInfo> tensors, TensorValues values) throws IOException {
        var rows = new TreeMap<String, byte[]>();
        rows.put(
                "",
                BundleHeaderProto.newBuilder()
                        .setNumShards(1)
                        .setVersion(VersionDef.newBuilder().setProducer(1))
                        .build()
                        .toByteArray());
        var data = TensorFlowCheckpoint.shard(prefix, 0, 1);
        try (var channel = FileChannel.open(data, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (var tensor : tensors.entrySet()) {
                long from = channel.position();
                var crc = new CRC32C();
                Channels.floats(values.of(tensor.getKey()), bytes -> {
                    crc.update(bytes.duplicate());
                    Channels.write(channel, bytes);
                });
                var shape = TensorShapeProto.newBuilder();
                tensor.getValue()
                        .shape()
                        .forEach(axis ->
                                shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(axis)));
                rows.put(
                        tensor.getKey(),
                        BundleEntryProto.newBuilder()
                                .setDtype(DataType.DT_FLOAT)
                                .setShape(shape)
                                .setOffset(from)
                                .setSize(channel.position() - from)
                                .setCrc32C(SortedTable.masked(crc))
                                .build()
                                .toByteArray());
            }
        }
        Files.write(TensorFlowCheckpoint.index(prefix), SortedTable.write(rows));
    }
}
