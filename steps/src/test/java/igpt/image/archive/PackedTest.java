package igpt.image.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.image.format.TestArchive;
import igpt.schema.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that say more than they hold, or hold more than they should. */
class PackedTest {
    private static final Set<String> WANTED = Set.of("data_batch_1.bin");

    private final Path archive;

    PackedTest(@TempDir Path folder) {
        archive = folder.resolve("archive.tar.gz");
    }

    @Test
    void aFileSaidToBeLargerThanTheArchiveIsOneLine() throws IOException {
        for (int size : new int[] {Integer.MAX_VALUE, 1 << 30, 1 << 20}) {
            var tar = Arrays.copyOf(TestArchive.header("data_batch_1.bin", size, '0'), 100_000);
            for (var bytes : new byte[][] {tar, gzipped(tar)}) {
                Files.write(archive, bytes);
                refused(() -> Packed.read(archive, WANTED), "");
                refused(() -> Packed.find(archive, name -> null), "cut short");
            }
        }
        Files.write(archive, Arrays.copyOf(TestArchive.header("n01440764.tar", Integer.MAX_VALUE, '0'), 100_000));
        try (var tar = new TarFile(archive)) {
            refused(() -> Packed.explained(archive, tar::entries), "cut short");
        }
    }

    @Test
    void aFileThatUnpacksForEverIsGivenUp() throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(archive), 1 << 16)) {
            out.write(TestArchive.header("data_batch_1.bin", 1 << 30, '0'));
            var nothing = new byte[1 << 20];
            for (int mb = 0; mb < 300; mb++) {
                out.write(nothing);
            }
        }
        assertThat(Files.size(archive)).isLessThan(1 << 20);
        refused(() -> Packed.read(archive, WANTED), "more than 200 times its size");
        refused(() -> Packed.find(archive, name -> null), "more than 200 times its size");
    }

    @Test
    void aFileTooLargeForAnImageIsBroken() throws IOException {
        try (var file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.write(TestArchive.header("a.JPEG", 1 << 30, '0'));
            file.setLength((1L << 30) + 512); // sparse: no room is taken
        }
        try (var tar = new TarFile(archive)) {
            var entry = tar.entries().get(0);
            assertThatThrownBy(() -> tar.read(entry)).hasMessage("1024 MB are too many for an image");
        }
    }

    private static void refused(Runnable reading, String why) {
        assertThatThrownBy(reading::run)
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("data: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
