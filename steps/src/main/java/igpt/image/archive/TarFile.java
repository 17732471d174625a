package igpt.image.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/** A tar archive, not packed, whose files are read where they lie. May be used by many threads. */
public final class TarFile implements Closeable {
    /** Bytes of an image: ImageNet's largest has 16 MB. */
    private static final long LARGEST = 256L << 20;

    private final FileChannel channel;

    /**
     * A file in the archive.
     *
     * @param name without folders
     * @param offset of its first byte
     */
    public record Entry(String name, long offset, long size) {}

    public TarFile(Path path) throws IOException {
        channel = FileChannel.open(path);
    }

    public List<Entry> entries() throws IOException {
        return entries(0, channel.size());
    }

    /** The files in an archive that is itself a file of this one. */
    public List<Entry> entries(Entry archive) throws IOException {
        return entries(archive.offset, archive.offset + archive.size);
    }

    private List<Entry> entries(long from, long to) throws IOException {
        var entries = new ArrayList<Entry>();
        for (long at = from; at < to; ) {
            var header = TarHeader.parse(read(at, (int) Math.min(TarHeader.BYTES, to - at)));
            if (header == null) {
                break;
            }
            at += TarHeader.BYTES;
            if (header.size() > to - at) {
                throw new EOFException("the archive ends within " + header.name());
            }
            if (header.regular()) {
                entries.add(new Entry(header.fileName(), at, header.size()));
            }
            at += header.padded();
        }
        return entries;
    }

    /** @throws ZipException if it is larger than any image */
    public byte[] read(Entry entry) throws IOException {
        if (entry.size > LARGEST) {
            throw new ZipException("%d MB are too many for an image".formatted(entry.size >> 20));
        }
        return read(entry.offset, Math.toIntExact(entry.size));
    }

    private byte[] read(long offset, int size) throws IOException {
        var bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the archive is shorter than it was");
            }
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
