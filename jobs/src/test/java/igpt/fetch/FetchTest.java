package igpt.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import igpt.console.Console;
import igpt.schema.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
    private static final int SIZE = 300_000;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];
    private final List<String> asked = new ArrayList<>(); // the Range of each request
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private HttpServer server;
    private boolean ranges = true;
    private String tag = "\"one\"";
    private int breaksOff; // so many answers end within the file
    private int status;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(content);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data/tiny.tar.gz", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var range = headers.getFirst("Range");
        asked.add(range == null ? "all" : range);
        int from = 0;
        int code = 200;
        if (range != null && ranges && tag.equals(headers.getFirst("If-Range"))) {
            from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            code = from < SIZE ? 206 : 416;
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            from < SIZE ? "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE : "bytes */" + SIZE);
        }
        if (status != 0) {
            exchange.sendResponseHeaders(status, -1);
        } else if (code == 416) {
            exchange.sendResponseHeaders(416, -1);
        } else {
            if (!tag.isEmpty()) {
                exchange.getResponseHeaders().set("ETag", tag);
            }
            exchange.sendResponseHeaders(code, SIZE - from);
            int to = breaksOff-- > 0 ? from + (SIZE - from) / 2 : SIZE;
            exchange.getResponseBody().write(Arrays.copyOfRange(content, from, to));
            exchange.getResponseBody().flush();
            if (to < SIZE) {
                pause(); // what arrives together with the end of the connection may be lost to the reader
            }
        }
        exchange.close();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Archive archive(String name) throws Exception {
        var md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        var address = "http://localhost:" + server.getAddress().getPort() + "/data/" + name;
        return new Archive("tiny", URI.create(address), md5, "run prepare");
    }

    private Path fetch() throws Exception {
        return fetch(archive("tiny.tar.gz"));
    }

    private Path fetch(Archive archive) throws Exception {
        try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            return Fetch.to(folder, archive, new Console(out, 0));
        }
    }

    private void assertWhole(Path file) throws IOException {
        assertThat(file).isEqualTo(folder.resolve("tiny.tar.gz")).hasBinaryContent(content);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private void assertFails(Archive archive, String why) {
        assertThatThrownBy(() -> fetch(archive))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(why)
                .message()
                .hasLineCount(1);
        assertThat(folder.resolve("tiny.tar.gz")).doesNotExist();
    }

    @Test
    void aWholeArchiveIsThereUnderItsName() throws Exception {
        assertWhole(fetch());
        assertThat(asked).containsExactly("all");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("0/0 MB")
                .contains("300,000 bytes, the checksum is the published one");
    }

    @Test
    void whatIsThereAlreadyIsNotFetchedAgain() throws Exception {
        fetch();
        assertWhole(fetch());
        assertThat(asked).hasSize(1);
    }

    @Test
    void aFileOfTheUsersOwnUnderThatNameIsNotWrittenOver() throws Exception {
        Files.write(folder.resolve("tiny.tar.gz"), new byte[9]);
        assertThatThrownBy(this::fetch)
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is not what was published: move it away");
        assertThat(folder.resolve("tiny.tar.gz")).hasSize(9);
    }

    @Test
    void whatBreaksOffIsResumedAtOnce() throws Exception {
        breaksOff = 2;
        assertWhole(fetch());
        assertThat(asked).hasSize(3).startsWith("all");
        assertThat(asked.get(1)).matches("bytes=\\d+-");
    }

    @Test
    void theSameCommandGoesOnLater() throws Exception {
        breaksOff = 3;
        assertFails(archive("tiny.tar.gz"), "broke off after");
        long kept = Files.size(folder.resolve("tiny.tar.gz.part"));
        asked.clear();
        assertWhole(fetch());
        assertThat(asked).containsExactly("bytes=" + kept + "-");
    }

    @Test
    void aServerWithoutRangesGivesAllAgain() throws Exception {
        ranges = false;
        breaksOff = 1;
        assertWhole(fetch());
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).matches("bytes=\\d+-");
    }

    @Test
    void aServerThatTellsNoVersionIsAskedForAllAgain() throws Exception {
        tag = "";
        breaksOff = 1;
        assertWhole(fetch());
        assertThat(asked).containsExactly("all", "all");
    }

    @Test
    void aFileThatHasChangedIsFetchedFromItsBeginning() throws Exception {
        breaksOff = 3;
        assertFails(archive("tiny.tar.gz"), "broke off");
        tag = "\"two\"";
        new Random(2).nextBytes(content);
        assertWhole(fetch());
    }

    @Test
    void bytesThatAreAllThereAreOnlyChecked() throws Exception {
        Files.write(folder.resolve("tiny.tar.gz.part"), content);
        Files.writeString(folder.resolve("tiny.tar.gz.part.version"), tag);
        assertWhole(fetch());
        assertThat(asked).containsExactly("bytes=300000-");
    }

    @Test
    void moreBytesThanThereAreIsAnotherFile() throws Exception {
        Files.write(folder.resolve("tiny.tar.gz.part"), new byte[SIZE + 1]);
        Files.writeString(folder.resolve("tiny.tar.gz.part.version"), tag);
        assertWhole(fetch());
        assertThat(asked).containsExactly("bytes=300001-", "all");
    }

    @Test
    void aWrongChecksumIsRefusedAndNothingIsKept() throws Exception {
        var archive = archive("tiny.tar.gz");
        content[7] ^= 1;
        assertFails(archive, "is not what was published: its MD5 is");
        assertThat(folder).isEmptyDirectory();
        content[7] ^= 1;
        assertWhole(fetch());
    }

    @Test
    void whatTheServerRefusesIsSaid() throws Exception {
        assertFails(archive("moved.tar.gz"), "answers 404: give the address where it is now with --from");
        status = 503;
        assertFails(archive("tiny.tar.gz"), "answers 503: try again later");
        var archive = archive("tiny.tar.gz");
        server.stop(0);
        assertFails(archive, "cannot reach http://localhost");
        assertFails(archive.from(URI.create("http://no.such.host.invalid/tiny.tar.gz")), "cannot reach");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeIsSaid() throws Exception {
        Files.createFile(folder.resolve("file"));
        var archive = archive("tiny.tar.gz");
        assertThatThrownBy(() -> Fetch.to(folder.resolve("file/x"), archive, new Console(System.out, 0)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("cannot make the folder");
    }

    @Test
    void theOfficialArchivesHaveTheirNamesAndChecksums() {
        assertThat(Archive.ALL)
                .extracting(Archive::fileName)
                .containsExactly("cifar-10-binary.tar.gz", "cifar-100-binary.tar.gz", "stl10_binary.tar.gz");
        assertThat(Archive.ALL).allSatisfy(archive -> assertThat(archive.md5()).hasSize(32));
        assertThatThrownBy(() -> Archive.of("cifar1")).hasMessageContaining("did you mean 'cifar10'");
    }
}
