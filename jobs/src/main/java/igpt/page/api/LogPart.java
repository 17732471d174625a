package igpt.page.api;

import igpt.config.UsageException;
import igpt.recipe.RunContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A part of a run's log, of whole lines.
 *
 * @param from bytes before it
 * @param to bytes before what follows: where to read on when the log has grown
 * @param size of the log, in bytes
 */
record LogPart(long from, long to, long size, String text) {
    private static final int MOST = 1 << 20;

    static LogPart read(Path runs, long run, String job, long from) {
        var file = RunContext.folder(runs, run, job).resolve("log.txt");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException("there is no log of run " + run + " here");
        }
        try (var log = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = log.size();
            long begin = Math.min(from < 0 ? Math.max(0, size + from) : from, size);
            var bytes = ByteBuffer.allocate((int) Math.min(MOST, size - begin));
            while (bytes.hasRemaining() && log.read(bytes, begin + bytes.position()) > 0) {
                // A read may give less than was asked for.
            }
            return lines(begin, size, bytes.array(), bytes.position(), from < 0 && begin > 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param within whether it may begin within a line, which is left out then */
    private static LogPart lines(long begin, long size, byte[] bytes, int length, boolean within) {
        int first = 0;
        if (within) {
            while (first < length && bytes[first++] != '\n') {
                // The rest of a line whose beginning is not asked for.
            }
        }
        int last = length;
        while (last > first && bytes[last - 1] != '\n') {
            last--;
        }
        if (last == first) {
            last = length; // one long line
        }
        var text = new String(bytes, first, last - first, StandardCharsets.UTF_8);
        return new LogPart(begin + first, begin + last, size, text);
    }
}
