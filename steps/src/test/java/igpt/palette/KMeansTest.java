package igpt.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import igpt.schema.UserException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KMeansTest {

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(KMeansTest.class.getResource(name).toURI());
    }

    private static ColourHistogram histogram(byte[] rgb) {
        var histogram = new ColourHistogram();
        histogram.add(rgb, 0, rgb.length / 3);
        return histogram;
    }

    private static double error(byte[] rgb, Palette palette) {
        var tokens = new short[rgb.length / 3];
        new ColourTable(palette).quantize(rgb, 0, tokens, 0, tokens.length);
        var centres = palette.centres();
        double sum = 0;
        for (int i = 0; i < tokens.length; i++) {
            sum += centres.squaredDistance(tokens[i], rgb[3 * i] & 255, rgb[3 * i + 1] & 255, rgb[3 * i + 2] & 255);
        }
        return sum / tokens.length;
    }

    @Test
    void itsErrorIsThatOfScikitLearn() throws Exception {
        var file = Files.readAllBytes(resource("pixels.npy"));
        var rgb = Arrays.copyOfRange(file, 128, file.length);
        var lines = Files.readAllLines(resource("errors.csv"));
        for (var line : lines.subList(1, lines.size())) {
            var cells = line.split(",");
            var palette = KMeans.fit(histogram(rgb), Integer.parseInt(cells[0]), 1);
            assertThat(error(rgb, palette)).as(line).isLessThan(1.01 * Double.parseDouble(cells[1]));
        }
    }

    @Test
    void itFindsClustersThatLieApart() {
        var random = new Random(4);
        var rgb = new byte[3 * 30_000];
        for (int i = 0; i < rgb.length; i++) { // ten clusters on the grey line, 25 apart, 2 wide
            rgb[i] = (byte) Math.round(15 + i / 3 % 10 * 25 + 2 * random.nextGaussian());
        }
        var palette = KMeans.fit(histogram(rgb), 10, 1);
        var reds = new int[10];
        for (int k = 0; k < 10; k++) {
            reds[k] = palette.rgb(k)[0] & 255;
        }
        Arrays.sort(reds);
        for (int k = 0; k < 10; k++) {
            assertThat(reds[k]).isCloseTo(15 + 25 * k, within(1));
        }
        assertThat(error(rgb, palette)).isCloseTo(3 * 4.1, within(0.3)); // three channels of variance 2² and rounding
    }

    @Test
    void theSameSeedGivesTheSamePaletteInWhateverOrderThePixelsCome() throws Exception {
        var file = Files.readAllBytes(resource("pixels.npy"));
        var rgb = Arrays.copyOfRange(file, 128, file.length);
        var late = new ColourHistogram();
        late.add(rgb, 15_000, 15_000);
        var early = new ColourHistogram();
        early.add(rgb, 0, 5_000);
        late.add(early);
        var values = KMeans.fit(histogram(rgb), 64, 7).values();
        assertThat(KMeans.fit(late, 64, 7).values()).isEqualTo(values);
        assertThat(KMeans.fit(late, 64, 8).values()).isNotEqualTo(values);
    }

    @Test
    void asManyColoursAsOccurAreKeptAsTheyAre() {
        var rgb = new byte[] {0, 0, 0, 9, 8, 7, (byte) 255, 0, 1, 9, 8, 7};
        var palette = KMeans.fit(histogram(rgb), 3, 1);
        assertThat(error(rgb, palette)).isLessThan(1e-8);
    }

    @Test
    void fewerColoursThanAskedForIsSaid() {
        assertThatThrownBy(() -> KMeans.fit(histogram(new byte[] {1, 2, 3, 4, 5, 6}), 512, 1))
                .isInstanceOf(UserException.class)
                .hasMessage("the images have only 2 different colours, fewer than the 512 asked for:"
                        + " set colours=2 or less");
    }

    @Test
    void aCentreWithoutPixelsMovesToWhereTheErrorIsLargest() {
        var tree = new ColourTree(histogram(new byte[] {10, 10, 10, 12, 12, 12, 100, 100, 100, 102, 100, 100}));
        var centres = new Centres(3);
        centres.set(0, 11, 11, 11);
        centres.set(1, 11, 11, 11); // never the nearest: a tie goes to the first
        centres.set(2, 90, 90, 90);
        KMeans.move(tree, tree.colours(), centres, 1);
        var sums = tree.assign(centres);
        assertThat(sums.pixels()).containsExactly(1, 1, 2);
    }

    @Test
    void sumsOverTheTreeAreThoseOfEveryPixelsNearestCentre() {
        var random = new Random(5);
        var rgb = new byte[300_000];
        random.nextBytes(rgb);
        var centres = ColourTableTest.randomPalette(random, 40).centres();
        var sums = new ColourTree(histogram(rgb)).assign(centres);
        var pixels = new long[40];
        var red = new long[40];
        var all = centres.all();
        for (int i = 0; i < rgb.length; i += 3) {
            int k = centres.nearest(all, 40, rgb[i] & 255, rgb[i + 1] & 255, rgb[i + 2] & 255);
            pixels[k]++;
            red[k] += rgb[i] & 255;
        }
        assertThat(sums.pixels()).isEqualTo(pixels);
        assertThat(sums.red()).isEqualTo(red);
    }
}
