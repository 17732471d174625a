package igpt.schema.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void theFileAppearsOnceItIsWhole() throws IOException {
        var target = folder.resolve("sub/a.txt");

        AtomicFiles.write(target, file -> {
            Files.writeString(file, "whole");
            assertThat(target).doesNotExist();
        });

        assertThat(target).hasContent("whole");
        assertThat(target.getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aFailureLeavesTheOldFileAlone() throws IOException {
        var target = Files.writeString(folder.resolve("a.txt"), "old");

        assertThatThrownBy(() -> AtomicFiles.write(target, file -> {
                    Files.writeString(file, "half");
                    throw new IOException("broken pipe");
                }))
                .hasMessage("broken pipe");

        assertThat(target).hasContent("old");
        assertThat(folder.resolve("a.txt.tmp")).doesNotExist();
    }

    @Test
    void whatAKilledRunLeftIsReplaced() throws IOException {
        Files.writeString(folder.resolve("a.txt.tmp"), "half of a longer text");

        AtomicFiles.write(folder.resolve("a.txt"), file -> Files.writeString(file, "new"));

        assertThat(folder.resolve("a.txt")).hasContent("new");
    }

    @Test
    void aFullDiskSaysSo() {
        var full = new UncheckedIOException(new IOException("No space left on device"));

        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("a.txt"), file -> {
                    throw full;
                }))
                .isInstanceOf(UserException.class)
                .hasMessage("no space left in " + folder + ": free some and resume");
    }

    @Test
    void aFolderThatMayNotBeWrittenSaysSo() {
        for (var e : new FileSystemException[] {
            new AccessDeniedException("a"), new FileSystemException("a", null, "Read-only file system")
        }) {
            assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("a.txt"), file -> {
                        throw e;
                    }))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("cannot write in " + folder);
        }
    }

    @Test
    void checksumsAreThoseOfSha256sum() throws IOException {
        var file = Files.writeString(folder.resolve("abc"), "abc");

        assertThat(Checksums.sha256(file))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
