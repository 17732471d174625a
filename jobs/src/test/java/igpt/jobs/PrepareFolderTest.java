package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.file.Checksums;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of photos as people have them, prepared by the real program. */
class PrepareFolderTest {
    @TempDir
    private Path folder;

    private Path photos;
    private Workplace place;

    @BeforeEach
    void aFolderOfPhotos() throws IOException {
        photos = folder.resolve("photos");
        place = Workplace.in(folder.resolve("home"));
    }

    private void draw(String name, int number, int bits) throws IOException {
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        var random = new Random(number);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, random.nextInt(1 << bits));
        }
        var file = photos.resolve(name);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }

    private void draw(List<String> classes, int count) throws IOException {
        for (var name : classes) {
            for (int i = 0; i < count; i++) {
                draw("%s/%02d.png".formatted(name, i), 100 * name.hashCode() + i, 24);
            }
        }
    }

    private String prepare(int code, String... more) {
        return place.ask(code, Workplace.with(new String[] {"run", "prepare", "data=" + photos, "part_rows=8"}, more));
    }

    private List<String> query(String select) {
        return place.ask(0, "query", "--format", "csv", select).lines().skip(1).toList();
    }

    @Test
    void tooManyBrokenFilesAreAllNamedAndMayBeAllowed() throws IOException {
        draw(List.of("cat", "dog"), 20);
        for (int i = 0; i < 12; i++) {
            Files.write(photos.resolve("cat/broken%02d.jpg".formatted(i)), new byte[0]);
        }

        var said = prepare(1);

        assertThat(said)
                .contains("12 of 52 images are broken, more than 1 %", "broken=0.2308", "and 2 more: ./igpt query")
                .doesNotContain("./igpt resume");
        assertThat(said.lines().filter(line -> line.startsWith("skipped cat/broken")))
                .hasSize(10);
        assertThat(query("select source, reason from skipped_images order by 1"))
                .hasSize(12)
                .startsWith("cat/broken00.jpg,an empty file");
        assertThat(place.ask(0, "show", "1")).contains("cat/broken11.jpg  an empty file");
        assertThat(prepare(1, "broken=0.23")).contains("run 1 prepare resumes", "more than 23 %");

        assertThat(prepare(0, "broken=0.2308")).contains("run 1 prepare resumes", "; 12 skipped");
        assertThat(query("select run, skipped from dataset_catalogue")).containsExactly("1,12");
    }

    @Test
    void classesKeepTheirNamesAndTheirNumbersOfImages() throws Exception {
        draw(List.of("train/cat", "train/\"dog\\\ud83d\udc36\""), 20);
        draw(List.of("test/cat"), 5);
        draw(List.of("val/cat"), 3);
        Files.write(photos.resolve("train/cat/broken.png"), new byte[] {1});

        prepare(0, "broken=0.05");

        assertThat(query("select run, label, class, train_rows, validation_rows, test_rows from dataset_classes"))
                .containsExactly("1,0,\"\"\"dog\\\ud83d\udc36\"\"\",20,0,0", "1,1,cat,20,3,5");
        var dataset = folder.resolve("home/runs/1-prepare/dataset");
        assertThat(dataset.resolve("classes.json"))
                .hasContent(
                        """
                        [
                          {"label": 0, "class": "\\"dog\\\\\\ud83d\\udc36\\"", "train_rows": 20, "validation_rows": 0, "test_rows": 0},
                          {"label": 1, "class": "cat", "train_rows": 20, "validation_rows": 3, "test_rows": 5}
                        ]
                        """);
        assertThat(Files.readString(dataset.resolve("manifest.sha256")))
                .contains(Checksums.sha256(dataset.resolve("classes.json")) + "  classes.json\n");
    }

    @Test
    void whatIsLeftOutAndWhatIsInTwoSplitsIsTold() throws IOException {
        draw(List.of("train/cat", "train/dog"), 10);
        draw(List.of("test/cat"), 2);
        Files.copy(photos.resolve("train/dog/03.png"), photos.resolve("test/cat/twin.png"));
        draw("train/cat/@eaDir/00.png/THUMB.png", 1, 24);
        Files.createDirectories(photos.resolve("train/fox"));
        Files.write(photos.resolve("train/fox/a.heic"), new byte[0]);
        Files.createSymbolicLink(photos.resolve("train/dog/gone.jpg"), Path.of("nowhere"));
        Files.createDirectories(photos.resolve("train/hen"));
        Files.write(photos.resolve("train/hen/a.jpg"), new byte[0]);

        var said = prepare(0, "broken=0.05");

        assertThat(said)
                .contains("class hen has no image to learn it from")
                .contains("train/fox/ holds 1 file and no image that can be read: it is no class")
                .contains("skipped train/dog/gone.jpg: a link to nothing")
                .contains("; 2 skipped; left out: 1 HEIC file, 1 file in @eaDir; no class: train/fox/;"
                        + " 1 test image equal to a training image");
        assertThat(query("select kind, what, files from dataset_findings order by 1, 2"))
                .containsExactly(
                        "copies,test images equal to a training image,1",
                        "left_out,HEIC files,1",
                        "left_out,files in @eaDir,1",
                        "no_class,train/fox/,1");
        assertThat(place.ask(0, "show", "1")).contains("files in @eaDir", "train/dog/gone.jpg");
    }

    @Test
    void imagesOfOneColourAreRefusedWithWhatToDo() throws IOException {
        for (int i = 0; i < 20; i++) {
            draw("cat/%d.png".formatted(i), i, 0);
        }
        assertThat(prepare(2))
                .contains("has the same colour", "give other images")
                .hasLineCount(1);
        for (int i = 20; i < 30; i++) {
            draw("cat/%d.png".formatted(i), i, 1);
        }
        assertThat(prepare(1))
                .contains("only 2 different colours", "set colours=2")
                .doesNotContain("resume");
    }

    @Test
    void whatWillFailLateIsRefusedAtLaunch() throws IOException {
        draw(List.of("many"), 60);
        draw(List.of("few"), 12);
        String[] study = {"run", "reproduce", "data=" + photos, "model=tiny", "experiments=lowdata"};

        assertThat(place.ask(2, Workplace.with(study, "lowdata_labels=4,25")))
                .contains("parameter 'lowdata_labels' cannot be 25: class few has only 10 images");
        assertThat(place.ask(2, Workplace.with(study, "labels=4")))
                .contains("unknown parameter 'labels': it is one of lowdata; reproduce calls it lowdata_labels");
        assertThat(place.ask(2, "run", "finetune", "finetune_iterations=3"))
                .contains("it is one of reproduce; finetune calls it iterations");
        assertThat(place.ask(2, Workplace.with(study, "patience=3"))).contains("reproduce does not take it");
        assertThat(prepareUsage("name=" + "x".repeat(201)))
                .contains("'name' cannot be 201 characters long: at most 200");
        assertThat(prepareUsage("palette=" + "x".repeat(1001))).contains("'palette' cannot be ");
        Files.move(photos, photos.resolveSibling("p".repeat(220)));
        photos = photos.resolveSibling("p".repeat(220));
        assertThat(prepareUsage("images=10")).contains("the folder's name has 220 characters", "give name=");
        assertThat(folder.resolve("home/runs/1-reproduce")).doesNotExist();
    }

    private String prepareUsage(String parameter) {
        return prepare(2, parameter);
    }

    @Test
    void whereBrokenImagesLeaveTooFewOfAClassNothingIsTrained() throws IOException {
        draw(List.of("many"), 60);
        draw(List.of("few"), 12);
        Files.write(photos.resolve("few/00.png"), new byte[] {1});
        Files.write(photos.resolve("few/01.png"), new byte[] {1});

        assertThat(place.ask(
                        1,
                        "run",
                        "reproduce",
                        "data=" + photos,
                        "model=tiny",
                        "experiments=lowdata",
                        "lowdata_labels=10",
                        "broken=0.1"))
                .contains("'lowdata_labels' cannot be 10: class few has only ");
        assertThat(query("select distinct step from step_history"))
                .contains("publish")
                .doesNotContain("train");
    }

    @Test
    void aTrainingThatEndsAboveGuessingHasDiverged() throws IOException {
        var said = place.ask(
                1,
                "run",
                "reproduce",
                "data=shapes",
                "images=40",
                "model=tiny",
                "batch=8",
                "iterations=12",
                "save_every=6",
                "warmup=0",
                "learning_rate=10",
                "validation_images=4");
        assertThat(said)
                .contains("diverged: its loss ends at ", "above the 2.7726", "smaller learning_rate than 10")
                .doesNotContain("resume");
    }
}
