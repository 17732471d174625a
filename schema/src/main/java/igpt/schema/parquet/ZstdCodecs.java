package igpt.schema.parquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Zstandard straight from zstd-jni; Parquet's own factory needs Hadoop's configuration, and so half of Hadoop. */
final class ZstdCodecs implements CompressionCodecFactory {
    private final int level;

    ZstdCodecs(int level) {
        this.level = level;
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        require(name);
        return new Compressor(level);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        require(name);
        return new Decompressor();
    }

    @Override
    public void release() {}

    private static void require(CompressionCodecName name) {
        if (name != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("compressed with " + name + ", not ZSTD");
        }
    }

    private record Compressor(int level) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return BytesInput.from(Zstd.compress(bytes.toByteArray(), level));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {}
    }

    private record Decompressor() implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            var compressed = bytes.toByteArray();
            // Checked before anything of that size is allocated: the size stands in a page header no checksum covers.
            if (Zstd.getFrameContentSize(compressed) != size) {
                throw new IOException("a page does not have the size its header says");
            }
            return BytesInput.from(Zstd.decompress(compressed, size));
        }

        @Override
        public void decompress(ByteBuffer in, int inSize, ByteBuffer out, int outSize) throws IOException {
            var compressed = new byte[inSize];
            in.get(compressed);
            out.put(decompress(BytesInput.from(compressed), outSize).toByteArray());
        }

        @Override
        public void release() {}
    }
}
