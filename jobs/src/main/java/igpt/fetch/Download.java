package igpt.fetch;

import igpt.console.Console;
import igpt.schema.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file by HTTP, resumed where it broke off if the server can (RFC 9110, Range and If-Range) and still has the same
 * file; else from its beginning. Which file the bytes so far are of, {@code NAME.part.version} tells.
 */
final class Download {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TRIES = 3;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+|\\*)");

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final URI from;
    private final Path part;
    private final Path version;
    private final FileChannel file;
    private final Console console;

    /** @param file open to write {@code part} */
    Download(URI from, Path part, FileChannel file, Console console) {
        this.from = from;
        this.part = part;
        version = part.resolveSibling(part.getFileName() + ".version");
        this.file = file;
        this.console = console;
    }

    /** When it returns all bytes are there. */
    void run() throws IOException, InterruptedException {
        for (int left = TRIES - 1; ; left--) {
            var response = ask();
            try (var body = response.body()) {
                receive(response, body, prepare(response));
                return;
            } catch (IOException e) { // broken off
                if (left == 0) {
                    throw new UserException(
                            "%s broke off after %,d bytes (%s): the same command resumes from there"
                                    .formatted(from, file.size(), e.getMessage()),
                            e);
                }
                console.out().println("broken off after %,d bytes: tried again".formatted(file.size()));
            }
        }
    }

    /** Nothing is left of what is known about a part. */
    void forget() throws IOException {
        Files.deleteIfExists(version);
    }

    private HttpResponse<InputStream> ask() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(from).timeout(PATIENCE);
        if (file.size() > 0 && Files.exists(version)) {
            request.header("Range", "bytes=" + file.size() + "-").header("If-Range", Files.readString(version));
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            var reason = e.getMessage() == null ? "no connection" : e.getMessage();
            throw new UserException(
                    "cannot reach %s (%s): check the network, or give another address with --from"
                            .formatted(from, reason),
                    e);
        }
    }

    /**
     * The place from which the response is to be written.
     *
     * @throws IOException if it continues with another file; the next request is for all of it
     */
    private long prepare(HttpResponse<InputStream> response) throws IOException {
        var range = response.headers().firstValue("Content-Range").map(CONTENT_RANGE::matcher);
        switch (response.statusCode()) {
            case 200 -> {
                startOver();
                var known = validator(response);
                if (known.isPresent()) {
                    Files.writeString(version, known.get());
                }
                return 0;
            }
            case 206 -> {
                if (range.filter(Matcher::matches).map(match -> match.group(1)).equals(Optional.of("" + file.size()))) {
                    return file.size();
                }
                startOver();
                throw new IOException("the file has changed");
            }
            case 416 -> { // there is nothing behind what we have: all is here, or it is of another file
                if (range.filter(Matcher::matches).map(match -> match.group(2)).equals(Optional.of("" + file.size()))) {
                    return file.size();
                }
                startOver();
                throw new IOException("the file has changed");
            }
            default ->
                throw new UserException("%s answers %d: %s"
                        .formatted(
                                from,
                                response.statusCode(),
                                response.statusCode() >= 500
                                        ? "try again later"
                                        : "give the address where it is now with --from"));
        }
    }

    /** A strong ETag, or else the time of the last change; with a server that tells neither, nothing is resumed. */
    private static Optional<String> validator(HttpResponse<?> response) {
        return response.headers()
                .firstValue("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> response.headers().firstValue("Last-Modified"));
    }

    private void startOver() throws IOException {
        file.truncate(0);
        forget();
    }

    private void receive(HttpResponse<InputStream> response, InputStream body, long before) throws IOException {
        if (response.statusCode() == 416) {
            return;
        }
        long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        checkSpace(length);
        file.position(before);
        var buffer = new byte[1 << 16];
        try (var meter = new FetchMeter(
                        part.getFileName().toString(), before, length < 0 ? 0 : before + length, console);
                var watch = new Watch(body, PATIENCE)) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                write(ByteBuffer.wrap(buffer, 0, n));
                meter.add(n);
                watch.alive();
            }
        }
        if (length >= 0 && file.size() < before + length) {
            throw new IOException("too few bytes");
        }
    }

    private void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UserException(
                    "cannot write %s (%s): make room, then the same command resumes".formatted(part, e.getMessage()),
                    e);
        }
    }

    private void checkSpace(long needed) throws IOException {
        long free = Files.getFileStore(part).getUsableSpace();
        if (needed > free) {
            throw new UserException(
                    "%s needs %,d more bytes, and %,d are free: make room, or give another folder with --to"
                            .formatted(part, needed, free));
        }
    }
}
