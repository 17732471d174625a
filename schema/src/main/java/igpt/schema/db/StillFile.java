package igpt.schema.db;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * How H2 is given a {@link StillChannel} for a file: {@code still:7!/runs/igpt.mv.db}, where 7 is the channel's. Public
 * because H2 makes it.
 */
public final class StillFile extends FilePathWrapper {
    private static final String SCHEME = "still";
    private static final Map<String, StillChannel> CHANNELS = new ConcurrentHashMap<>();

    static {
        FilePath.register(new StillFile());
    }

    /** The name by which H2 finds it, until it is taken away again. */
    static String put(String token, StillChannel channel, Path file) {
        CHANNELS.put(token, channel);
        return prefix(token) + file;
    }

    static void remove(String token) {
        CHANNELS.remove(token);
    }

    private static String prefix(String token) {
        return SCHEME + ":" + token + "!";
    }

    private static String token(String path) {
        return path.substring(SCHEME.length() + 1, path.indexOf('!'));
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    protected String getPrefix() {
        return prefix(token(name));
    }

    @Override
    protected FilePath unwrap(String path) {
        return FilePath.get(path.substring(path.indexOf('!') + 1));
    }

    @Override
    public boolean canWrite() {
        return false;
    }

    @Override
    public FileChannel open(String mode) {
        return Objects.requireNonNull(CHANNELS.get(token(name)), name);
    }
}
