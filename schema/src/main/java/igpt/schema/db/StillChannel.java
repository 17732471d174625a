package igpt.schema.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.TreeMap;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read where it lies, without a lock, while somebody else may write to it. What has been read is kept. If it
 * is {@link #still} the same afterwards, all of it stood in the file at one instant, when the last of it was read; if not,
 * what was made of it is worth nothing.
 */
final class StillChannel extends FileBaseDefault {
    private static final int BLOCK = 32 << 10;

    /** More would be copied at once. */
    private static final long MOST = 192L << 20;

    private static final long MUCH = 8 << 20;

    private final Path path;
    private final @Nullable Object key; // of the file that had this name then
    private final FileChannel file;
    private final long size;
    private final TreeMap<Long, ByteBuffer> blocks = new TreeMap<>(); // by place in the file; guarded by this
    private long kept;

    StillChannel(Path path) throws IOException {
        this.path = path;
        key = key(path);
        file = FileChannel.open(path, StandardOpenOption.READ);
        size = file.size();
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Whether the file is as it was read, all of it, and no other has taken its place. */
    synchronized boolean still() {
        try {
            if (file.size() != size || !Objects.equals(key(path), key)) {
                return false;
            }
            var now = ByteBuffer.allocate(BLOCK);
            for (var block : blocks.entrySet()) {
                fill(now.clear(), block.getKey());
                if (!now.flip().equals(block.getValue())) {
                    return false;
                }
            }
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Whether it is too much to be kept. */
    synchronized boolean full() {
        return kept > MOST;
    }

    synchronized boolean large() {
        return kept > MUCH;
    }

    @Override
    public synchronized int read(ByteBuffer to, long position) throws IOException {
        if (position >= size) {
            return -1;
        }
        long number = position / BLOCK;
        var block = block(number * BLOCK).duplicate();
        block.position((int) (position - number * BLOCK));
        int length = Math.min(block.remaining(), to.remaining());
        to.put(block.limit(block.position() + length));
        return length;
    }

    private ByteBuffer block(long place) throws IOException {
        var known = blocks.get(place);
        if (known == null) {
            if (full()) {
                throw new IOException("more of " + path + " is read than is kept in memory");
            }
            known = ByteBuffer.allocate((int) Math.min(BLOCK, size - place));
            fill(known, place);
            known.flip();
            blocks.put(place, known);
            kept += BLOCK;
        }
        return known;
    }

    private void fill(ByteBuffer block, long place) throws IOException {
        block.limit((int) Math.min(block.capacity(), size - place));
        while (block.hasRemaining()) {
            if (file.read(block, place + block.position()) < 0) {
                throw new IOException(path + " has become shorter");
            }
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public FileLock tryLock(long from, long length, boolean shared) {
        return new FileLock(this, from, length, shared) {
            @Override
            public boolean isValid() {
                return true;
            }

            @Override
            public void release() {}
        };
    }

    @Override
    public int write(ByteBuffer from, long position) {
        throw new NonWritableChannelException();
    }

    @Override
    protected void implTruncate(long length) {
        throw new NonWritableChannelException();
    }

    /** The file is closed by whoever opened this, and not by H2. */
    void closeFile() {
        try {
            file.close();
        } catch (IOException readOnly) {
            // Nothing is lost.
        }
    }
}
