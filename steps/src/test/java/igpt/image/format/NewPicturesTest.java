package igpt.image.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.decode.Decoding;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders to be shown to a model, which may be laid out in any way. Empty files will do: nothing is decoded. */
class NewPicturesTest {
    @TempDir
    Path folder;

    private void file(String name) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.write(folder.resolve(name), new byte[0]);
    }

    private ImageSource open(String... files) throws IOException {
        for (var file : files) {
            file(file);
        }
        return Formats.openNew(folder.toString(), Decoding.DEFAULT);
    }

    private static List<String> listed(ImageSource source) {
        assertThat(source.images()).extracting(ImageRef::source).doesNotHaveDuplicates();
        return source.images().stream()
                .map(image -> "%s %s %s"
                        .formatted(
                                image.source(),
                                image.split(),
                                image.label() < 0 ? "-" : source.classes().get(image.label())))
                .toList();
    }

    @Test
    void oneImageWithoutAClassIsEnough() throws IOException {
        assertThat(listed(open("me.jpg"))).containsExactly("me.jpg TEST -");
    }

    @Test
    void aClassIsTheFolderAtTheTopAndLooseImagesHaveNone() throws IOException {
        assertThat(listed(open("b.jpg", "dog/1.png", "cat/2.jpg", "cat/deep/down/1.jpg")))
                .containsExactly(
                        "b.jpg TEST -", "cat/2.jpg TEST cat", "cat/deep/down/1.jpg TEST cat", "dog/1.png TEST dog");
    }

    @Test
    void foldersThatAreAllCalledLikeSplitsAreThat() throws IOException {
        assertThat(listed(open("train/cat/1.jpg", "Test/cat/1.jpg", "val/dog/1.jpg", "Test/2.jpg")))
                .containsExactly(
                        "train/cat/1.jpg TRAIN cat",
                        "val/dog/1.jpg VALIDATION dog",
                        "Test/2.jpg TEST -",
                        "Test/cat/1.jpg TEST cat");
        assertThat(listed(open("plane/1.jpg"))).contains("train/cat/1.jpg TEST train", "plane/1.jpg TEST plane");
    }

    @Test
    void anArchivesFolderInItselfIsOneSplit() throws IOException {
        assertThat(listed(open("test_set/test_set/cat/1.jpg"))).containsExactly("test_set/test_set/cat/1.jpg TEST cat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"me.jpg", "wo bin ich.jpeg"})
    void aSinglePictureIsOne(String name) throws IOException {
        var file = folder.resolve(name);
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0});
        try (var source = Formats.openNew(file.toString(), Decoding.DEFAULT)) {
            assertThat(listed(source)).containsExactly(name + " TEST -");
            assertThat(source.name()).isEqualTo(name);
            var before = source.fingerprint();
            Files.write(file, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0});
            assertThat(source.fingerprint()).isNotEqualTo(before);
        }
    }

    @Test
    void whatIsNoImageIsCountedByKind() throws IOException {
        var source = open("1.jpg", "2.heic", "notes.txt", "@eaDir/1.jpg", ".hidden.jpg");
        assertThat(listed(source)).containsExactly("1.jpg TEST -");
        assertThat(source.leftOut().counts().toString()).contains("HEIC files=1", ".txt files=1", "files in @eaDir=1");
    }

    @Test
    void aFolderWithoutImagesIsRefusedInOneLine() {
        assertThatThrownBy(() -> open("notes.txt"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("no images that can be read")
                .message()
                .hasLineCount(1);
    }
}
