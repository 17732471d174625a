package igpt.schema.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.UserException;
import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenTableTest {
    private static final Map<String, String> FOOTER = Map.of("palette", "abc", "part", "3", "source", "cifar10");

    @TempDir
    Path folder;

    static List<TokenRow> rows(int n, int width) {
        var random = new Random(n);
        return IntStream.range(0, n)
                .mapToObj(i -> {
                    var tokens = new short[width];
                    for (int t = 0; t < width; t++) {
                        tokens[t] = (short) random.nextInt(512);
                    }
                    return new TokenRow(7L * i, i % 10 - 1, "é/" + i + ".png", tokens);
                })
                .toList();
    }

    private Path write(String name, List<TokenRow> rows) throws IOException {
        var file = folder.resolve(name);
        TokenTable.write(file, "train", FOOTER, rows.iterator(), rows.size());
        return file;
    }

    private static List<TokenRow> readAll(Path file) throws IOException {
        var read = new ArrayList<TokenRow>();
        try (var table = TokenTable.open(file)) {
            table.forEach((id, label, source, tokens) -> read.add(new TokenRow(id, label, source, tokens.clone())));
        }
        return read;
    }

    private static void assertSame(List<TokenRow> read, List<TokenRow> written) {
        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < read.size(); i++) {
            var a = read.get(i);
            var b = written.get(i);
            assertThat(a.id() == b.id() && a.label() == b.label() && a.source().equals(b.source()))
                    .isTrue();
            assertThat(Arrays.equals(a.tokens(), b.tokens())).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 256", "255, 7", "256, 8", "257, 9", "5000, 64", "300, 1", "4097, 3", "600, 1024"})
    void whatIsWrittenIsRead(int n, int width) throws IOException {
        var rows = rows(n, width);
        var file = write("part.parquet", rows);

        assertSame(readAll(file), rows);
        try (var table = TokenTable.open(file)) {
            assertThat(table.rows()).isEqualTo(n);
            assertThat(table.tokensPerRow()).isEqualTo(width);
            assertThat(table.footer()).containsAllEntriesOf(FOOTER);
        }
    }

    @Test
    void noRowsAreATableToo() throws IOException {
        var file = write("empty.parquet", List.of());

        assertThat(readAll(file)).isEmpty();
        try (var table = TokenTable.open(file)) {
            assertThat(table.rows()).isZero();
        }
    }

    @Test
    void duckDbReadsTheTokensAsAList() throws Exception {
        var rows = rows(1000, 16);
        var file = write("part.parquet", rows);

        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "select id, split, label, source, tokens, typeof(tokens) from '" + file + "' order by id")) {
            for (var row : rows) {
                assertThat(result.next()).isTrue();
                assertThat(result.getLong(1)).isEqualTo(row.id());
                assertThat(result.getString(2)).isEqualTo("train");
                assertThat(result.getInt(3)).isEqualTo(row.label());
                assertThat(result.getString(4)).isEqualTo(row.source());
                assertThat((Object[]) result.getArray(5).getArray()).isEqualTo(boxed(row.tokens()));
                assertThat(result.getString(6)).isEqualTo("SMALLINT[]");
            }
            assertThat(result.next()).isFalse();
        }
    }

    private static Object[] boxed(short[] tokens) {
        var boxed = new Object[tokens.length];
        for (int t = 0; t < tokens.length; t++) {
            boxed[t] = tokens[t];
        }
        return boxed;
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws IOException {
        var rows = rows(5000, 64);
        var sha256 = Checksums.sha256(write("a.parquet", rows));

        assertThat(Checksums.sha256(write("b.parquet", rows))).isEqualTo(sha256);
        var again = TokenTable.write(folder.resolve("c.parquet"), "train", FOOTER, rows.iterator(), 5000);
        assertThat(again).isEqualTo(new Written(5000, sha256));
    }

    @Test
    void anExceptionBetweenTwoRowsLeavesNothing() throws IOException {
        var file = folder.resolve("part.parquet");
        var rows = rows(6000, 16).iterator();
        var failing = new Iterator<TokenRow>() {
            private int given;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public TokenRow next() {
                if (++given == 5000) {
                    throw new IllegalStateException("the source fails");
                }
                return rows.next();
            }
        };

        assertThatThrownBy(() -> TokenTable.write(file, "train", FOOTER, failing, 6000))
                .hasMessage("the source fails");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void tooFewRowsLeaveWhatWasThereBefore() throws IOException {
        var file = write("part.parquet", rows(10, 4));
        var before = Checksums.sha256(file);

        assertThatThrownBy(
                        () -> TokenTable.write(file, "train", FOOTER, rows(9, 4).iterator(), 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("9 rows");
        assertThat(Checksums.sha256(file)).isEqualTo(before);
    }

    @Test
    void rowsOfUnequalLengthAreRefused() {
        var rows = List.of(rows(1, 4).get(0), rows(1, 5).get(0));

        assertThatThrownBy(() -> write("part.parquet", rows)).isInstanceOf(IllegalArgumentException.class);
        assertThat(folder).isEmptyDirectory();
    }

    /** A byte that no checksum covers, in a page's or the file's header, may pass; it then changes no value. */
    @Test
    void aChangedByteIsFoundOrChangesNothing() throws IOException {
        var rows = rows(700, 40);
        var file = write("part.parquet", rows);
        var good = Files.readAllBytes(file);
        var expected = readAll(file);
        var random = new Random(1);
        int found = 0;
        for (int trial = 0; trial < 400; trial++) {
            var bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            try {
                assertSame(readAll(file), expected);
            } catch (CorruptFileException e) {
                assertThat(e).hasMessageContaining("part.parquet");
                found++;
            }
        }
        assertThat(found).isGreaterThan(360);
    }

    @Test
    void aFileCutShortIsFound() throws IOException {
        var file = write("part.parquet", rows(700, 40));
        var good = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 4, 11, good.length / 2, good.length - 1}) {
            Files.write(file, Arrays.copyOf(good, length));

            assertThatThrownBy(() -> readAll(file)).isInstanceOf(CorruptFileException.class);
        }
    }

    @Test
    void aTableOfSomethingElseIsRefused() throws IOException {
        var file = folder.resolve("features.parquet");
        FeatureTable.write(file, Map.of(), new long[1], new int[1], new float[2], 2);

        assertThatThrownBy(() -> TokenTable.open(file)).isInstanceOf(CorruptFileException.class);
        assertThatThrownBy(() -> TokenTable.open(folder.resolve("nowhere")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("nowhere");
    }
}
