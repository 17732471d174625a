package igpt.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.testjobs.TestIgpt;
import igpt.testjobs.TestIgpt.Answer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The page and the figures of one run, of images in a folder with a hostile name. */
class RunReportTest {
    private static final String HOSTILE = "<script>alert('1 & 2')<script>\"\u001b[2J\u202e\u0007";

    private static Path home;

    @BeforeAll
    static void aRun(@TempDir Path folder) throws IOException {
        home = folder;
        TestIgpt.writeTinyModel(home);
        var photos = home.resolve(HOSTILE);
        var random = new Random(0);
        for (var kind : new String[] {"cat", "dog"}) {
            Files.createDirectories(photos.resolve(kind));
            for (int i = 0; i < 20; i++) {
                var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
                for (int pixel = 0; pixel < 64; pixel++) {
                    image.setRGB(pixel % 8, pixel / 8, random.nextInt());
                }
                ImageIO.write(
                        image, "png", photos.resolve(kind).resolve(i + ".png").toFile());
            }
        }
        assertThat(igpt("run reproduce resolution=4 colours=4 model=tiny batch=8 iterations=10", "data=" + photos)
                        .code())
                .isZero();
    }

    @Test
    void thePageIsWellFormedAndNeedsNothingElse() throws Exception {
        var file = home.resolve("page.html");
        assertThat(igpt("report 1 --html", file.toString()).out()).startsWith(file.toString());
        var text = Files.readString(file);
        assertThat(text)
                .doesNotContain("\u001b", "\u202e", "\u0007", "<script", "@import")
                .doesNotContainPattern("url\\((?!#)")
                .contains("&lt;script>", "\\x1b[2J\\u202e\\x07");
        assertThat(text.replace("http://www.w3.org/2000/svg", "")
                        .replace("http://www.w3.org/1999/xlink", "")
                        .replace("http://www.jfree.org/jfreesvg/svg", ""))
                .doesNotContainPattern("https?:|//[a-z]");
        var page = parse(text);
        var ids = all(page, "*").stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(all(page, "a")).isNotEmpty().allSatisfy(link -> assertThat(ids)
                .contains(link.getAttribute("href").substring(1)));
        assertThat(all(page, "svg")).hasSizeGreaterThan(4).allSatisfy(svg -> {
            var drawing = (Element) svg.getParentNode();
            assertThat(drawing.getAttribute("role")).isEqualTo("img");
            assertThat(drawing.getAttribute("aria-label")).isNotBlank();
        });
        assertThat(all(page, "img")).isNotEmpty().allSatisfy(picture -> {
            assertThat(picture.getAttribute("alt")).isNotBlank();
            assertThat(picture.getAttribute("src")).startsWith("data:image/png;base64,");
        });
        assertThat(text).contains("Accuracy by layer", "What was made from what", "iterations", "±");
    }

    @Test
    void eachFigureIsThereAsSvgAndPng() throws Exception {
        var folder = home.resolve("new/figures");
        assertThat(igpt("report 1 --figures", folder.toString()).code()).isZero();
        try (var files = Files.list(folder)) {
            var names = files.map(file -> file.getFileName().toString()).toList();
            assertThat(names).contains("lineage.svg", "lineage.png").allMatch(name -> name.matches(".*\\.(svg|png)"));
            assertThat(names.stream().filter(name -> name.endsWith(".svg"))).hasSize(names.size() / 2);
            for (var name : names) {
                if (name.endsWith(".svg")) {
                    parse(Files.readString(folder.resolve(name)));
                } else {
                    assertThat(ImageIO.read(folder.resolve(name).toFile()).getWidth())
                            .isGreaterThan(100);
                }
            }
        }
    }

    @Test
    void whatCannotBeWrittenIsSaidInOneLine() throws IOException {
        var file = Files.writeString(home.resolve("file"), "");
        for (var command : List.of(
                List.of("report 1 --html", home.toString()),
                List.of("report 1 --html", file + "/page.html"),
                List.of("report 1 --html", home.resolve("missing/page.html").toString()),
                List.of("report 1 --figures", file.toString()),
                List.of("report 1 --figures", "/proc/none"),
                List.of("report 9 --html", home.resolve("none.html").toString()))) {
            var answer = igpt(command.get(0), command.get(1));
            assertThat(answer.code()).as(command.toString()).isNotZero();
            assertThat(answer.err()).startsWith("igpt: ").hasLineCount(1);
        }
        assertThat(home.resolve("none.html")).doesNotExist();
        assertThat(home.resolve("missing")).doesNotExist();
    }

    private static Answer igpt(String words, String last) {
        var arguments = new ArrayList<>(List.of(words.split(" ")));
        arguments.add(last);
        return TestIgpt.askIgpt(home, arguments.toArray(String[]::new));
    }

    private static Document parse(String text) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static List<Element> all(Document page, String name) {
        var nodes = page.getElementsByTagName(name);
        var all = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            all.add((Element) nodes.item(i));
        }
        return all;
    }
}
