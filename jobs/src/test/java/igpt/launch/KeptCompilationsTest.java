package igpt.launch;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.run.RuntimeSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCompilationsTest {
    private static final byte[] COMPILED = "machine code, in some format".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path home;

    private Path folder;

    @BeforeEach
    void aRunThatCompiles() throws IOException {
        folder = home.resolve("xla/1");
        try (var kept = KeptCompilations.open(folder)) {
            for (var name : List.of("a.pb", "b.pb", "c.pb")) Files.write(folder.resolve(name), COMPILED);
        }
    }

    private List<String> keptForTheNextRun() throws IOException {
        KeptCompilations.open(folder).close();
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Code compiled for one pool of threads, and run in another, has corrupted the memory. */
    @Test
    void whatOtherSettingsCompiledIsNotTaken() {
        var two = new RuntimeSettings(2, 1, "2.18", "XLA_FLAGS=--fast", "a processor");
        assertThat(Stream.of(
                                two,
                                new RuntimeSettings(2, 2, "2.18", "XLA_FLAGS=--fast", "a processor"),
                                new RuntimeSettings(2, 1, "2.19", "XLA_FLAGS=--fast", "a processor"),
                                new RuntimeSettings(2, 1, "2.18", "", "a processor"),
                                new RuntimeSettings(2, 1, "2.18", "XLA_FLAGS=--fast", "another"))
                        .map(settings -> KeptCompilations.folder(folder, settings)))
                .doesNotHaveDuplicates()
                .contains(KeptCompilations.folder(folder, two));
    }

    @Test
    void noneAreKeptWhereThereIsNoRoomOrNoFolderCanBe() throws IOException {
        assertThat(KeptCompilations.hasRoom(home.resolve("new/xla"), 1)).isTrue();
        assertThat(KeptCompilations.hasRoom(home, Long.MAX_VALUE - 1)).isFalse();
        Files.createFile(home.resolve("file"));
        assertThat(KeptCompilations.hasRoom(home.resolve("file/xla"), 1)).isFalse();
    }

    @Test
    void whatIsOldIsDeletedWhateverSettingsItIsOf() throws IOException {
        var now = Instant.now();
        Files.setLastModifiedTime(folder.resolve("a.pb"), FileTime.from(now.minus(Duration.ofDays(8))));
        KeptCompilations.deleteBefore(home, now.minus(Duration.ofDays(7)));
        assertThat(keptForTheNextRun()).doesNotContain("a.pb").contains("b.pb", "c.pb");
    }

    @Test
    void whatIsWholeIsKept() throws IOException {
        assertThat(keptForTheNextRun())
                .containsExactly("a.pb", "a.pb.sha256", "b.pb", "b.pb.sha256", "c.pb", "c.pb.sha256");
    }

    @Test
    void whatIsCutShortOrHasOtherBitsIsDeletedWithItsChecksum() throws IOException {
        Files.write(folder.resolve("a.pb"), Arrays.copyOf(COMPILED, 5));
        var flipped = COMPILED.clone();
        flipped[7] ^= 1;
        Files.write(folder.resolve("c.pb"), flipped);
        assertThat(keptForTheNextRun()).containsExactly("b.pb", "b.pb.sha256");
    }

    @Test
    void whatAKilledRunHadNoTimeToCheckIsDeleted() throws IOException {
        Files.delete(folder.resolve("a.pb.sha256"));
        Files.write(folder.resolve("b.pb.sha256"), new byte[0]);
        assertThat(keptForTheNextRun()).containsExactly("c.pb", "c.pb.sha256");
    }

    @Test
    void whatIsBeingWrittenIsLeftAlone() throws IOException {
        Files.write(folder.resolve("d.pb_1-2-3.tmp"), new byte[2]);
        assertThat(keptForTheNextRun()).hasSize(7).contains("d.pb_1-2-3.tmp");
    }

    @Test
    void checksumsAreWrittenWhileTheRunGoesOn() throws Exception {
        try (var kept = KeptCompilations.open(folder)) {
            Files.write(folder.resolve("d.pb"), COMPILED);
            while (!Files.exists(folder.resolve("d.pb.sha256"))) Thread.sleep(20);
        }
    }
}
