package igpt.jobs;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** A folder of small pictures in two classes, one reddish and one bluish: the same for the same seed. */
final class Photos {
    private static final int WIDTH = 24;
    private static final int HEIGHT = 18;

    private Photos() {}

    /** @param format that Java writes: jpg, png, gif, bmp */
    static void draw(Path folder, int each, String format) throws IOException {
        var random = new Random(0);
        for (var name : new String[] {"cat", "dog"}) {
            Files.createDirectories(folder.resolve(name));
            for (int i = 0; i < each; i++) {
                var file = folder.resolve(name).resolve("%03d.%s".formatted(i, format));
                ImageIO.write(picture(name.equals("cat") ? 0x800000 : 0x000080, random), format, file.toFile());
            }
        }
    }

    static BufferedImage picture(int ground, Random random) {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
            image.setRGB(pixel % WIDTH, pixel / WIDTH, ground + (random.nextInt() & 0x3f3f3f));
        }
        return image;
    }
}
