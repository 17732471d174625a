package igpt.image.shapes;

import java.util.SplittableRandom;

/** One figure: its outline, where it is, how large, in which two colours, and what fills it. */
final class Drawing {
    private static final int SAMPLES = 4; // a pixel's side, for soft edges

    /** Eight colours far apart, so that a small palette holds them and their mixtures. */
    private static final int[] COLOURS = {
        0x1a1a2e, 0xf2efe6, 0xc8383b, 0x3c8d4f, 0x2f62b5, 0xe9b93a, 0x8a4fa3, 0x52b7c4,
    };

    private static final int SHADE = 4; // random, to either side

    private final Figure figure;
    private final Texture texture;
    private final int shiftX; // of the texture, in cells
    private final int shiftY;
    private final double centreX;
    private final double centreY;
    private final double radius; // as a share of the image, as all lengths here
    private final int[] ground = new int[3];
    private final int[] ink = new int[3];

    Drawing(Texture texture, long seed, long id) {
        this.texture = texture;
        var random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ (id * 0x9e3779b97f4a7c15L));
        figure = Figure.values()[random.nextInt(Figure.values().length)];
        shiftX = random.nextInt(Texture.CELLS);
        shiftY = random.nextInt(Texture.CELLS);
        radius = 0.5 + 0.2 * random.nextDouble();
        centreX = 0.4 + 0.2 * random.nextDouble();
        centreY = 0.4 + 0.2 * random.nextDouble();
        int first = random.nextInt(COLOURS.length);
        int second = (first + 1 + random.nextInt(COLOURS.length - 1)) % COLOURS.length;
        mix(COLOURS[first], random, ground);
        mix(COLOURS[second], random, ink);
    }

    private static void mix(int colour, SplittableRandom random, int[] into) {
        int shade = random.nextInt(2 * SHADE + 1) - SHADE;
        for (int c = 0; c < 3; c++) {
            into[c] = Math.max(0, Math.min(255, ((colour >> (16 - 8 * c)) & 0xff) + shade));
        }
    }

    /** @param rgb r × r × 3 */
    void draw(byte[] rgb, int r) {
        for (int y = 0; y < r; y++) {
            for (int x = 0; x < r; x++) {
                int covered = covered(x, y, r);
                for (int c = 0; c < 3; c++) {
                    int all = SAMPLES * SAMPLES;
                    rgb[3 * (y * r + x) + c] =
                            (byte) ((ink[c] * covered + ground[c] * (all - covered) + all / 2) / all);
                }
            }
        }
    }

    /** Of the pixel's samples, how many are inked. */
    private int covered(int x, int y, int r) {
        int covered = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double v = (y + (i + 0.5) / SAMPLES) / r;
            for (int j = 0; j < SAMPLES; j++) {
                double u = (x + (j + 0.5) / SAMPLES) / r;
                covered += figure.covers((u - centreX) / radius, (v - centreY) / radius)
                                && texture.inks((int) (u * Texture.CELLS) + shiftX, (int) (v * Texture.CELLS) + shiftY)
                        ? 1
                        : 0;
            }
        }
        return covered;
    }
}
