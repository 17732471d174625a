package igpt.prepare;

import igpt.config.Parameter;
import igpt.config.UsageException;
import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.Labels;
import igpt.image.SourceOptions;
import igpt.image.SplitPlan;
import igpt.image.decode.Decoding;
import igpt.image.format.Formats;
import igpt.tokenizer.Grid;
import igpt.tokenizer.PaletteTokenizer;
import java.util.List;
import java.util.Locale;

/** Parameters of {@code prepare}: images become a dataset of tokens. */
public record PrepareParameters(
        @Parameter(
                        help = "the drawn dataset \"shapes\", or the path of a folder or archive of images",
                        defaultValue = "shapes",
                        path = true)
                String data,
        @Parameter(
                        help =
                                "fine or coarse: CIFAR-100's; folders: the folders in a folder of images are classes, even if they are named like splits; none: no classes, images anywhere in the folder",
                        defaultValue = "fine")
                Labels classes,
        @Parameter(
                        help = "train only on this one of STL-10's ten; -1: on all images",
                        defaultValue = "-1",
                        min = -1,
                        max = 9)
                int fold,
        @Parameter(help = "the dataset's name; none: the source's", max = PrepareParameters.LONGEST_NAME) String name,
        @Parameter(
                        help =
                                "height and width in pixels: a sequence has resolution x resolution positions; the paper: 32, 48, 64",
                        defaultValue = "8",
                        min = 4,
                        max = 64)
                int resolution,
        @Parameter(help = "size of the palette; the paper: 512", defaultValue = "16", min = 2, max = 4096) int colours,
        @Parameter(
                        help =
                                "a palette to use instead of fitting one: .npy, float32 [colours, 3] in [-1, 1], or a run that made a dataset or a model, whose palette it is",
                        path = true,
                        orRun = true)
                String palette,
        @Parameter(
                        help = "share of the training images split off for validation, unless some are given in val/",
                        defaultValue = "0.1",
                        min = 0,
                        max = 0.5)
                double validation,
        @Parameter(
                        help = "use only this many training images, and as many test images (and of val/); 0: all",
                        defaultValue = "0",
                        min = 0)
                int images,
        @Parameter(
                        help =
                                "random crops of each training image, as the paper takes of ImageNet's (shorter side to 256 to 384, of that 224 x 224); 0: its centre square, once",
                        defaultValue = "0",
                        min = 0,
                        max = 1000)
                int variants,
        @Parameter(
                        help =
                                "decode a JPEG at 1/2, 1/4 or 1/8 of its size where that leaves three times the resolution: faster, slightly different pixels",
                        defaultValue = "false")
                boolean dctScaling,
        @Parameter(
                        help =
                                "share of the images that may be broken: they are skipped and named; above it, the job fails",
                        defaultValue = "0.01",
                        min = 0,
                        max = 1,
                        identifying = false)
                double broken,
        @Parameter(
                        help =
                                "turn a photograph upright as its camera noted; auto: unless it is ImageNet's, as in the paper",
                        defaultValue = "auto")
                Exif exif,
        @Parameter(help = "what is behind transparent pixels: white, black or RRGGBB", defaultValue = "white")
                String background,
        @Parameter(help = "for everything random", defaultValue = "0") long seed,
        @Parameter(help = "images in a part file", defaultValue = "8192", min = 1) int partRows) {

    public static final int LONGEST_NAME = 200;

    /** Whether Exif's orientation is heeded. */
    public enum Exif {
        AUTO,
        TRUE,
        FALSE
    }

    public PrepareParameters {
        colour(background);
        if (variants > 0 && data.equals("shapes")) {
            throw new UsageException("parameter 'variants' is for photographs: shapes are drawn, images=N draws more");
        }
    }

    /** Where an image's tokens will stand. */
    public Grid grid() {
        return PaletteTokenizer.grid(resolution);
    }

    /** The images that {@code data} names; a limit tells a source that draws its images how many to draw. */
    public ImageSource openSource() {
        var usual = SourceOptions.DEFAULT;
        return Formats.open(
                data,
                new SourceOptions(
                        seed,
                        images == 0 ? usual.trainImages() : images,
                        images == 0 ? usual.testImages() : images,
                        classes,
                        fold,
                        decoding()));
    }

    /** How pictures become pixels. */
    public Decoding decoding() {
        return new Decoding(dctScaling, exif == Exif.AUTO ? null : exif == Exif.TRUE, colour(background));
    }

    /** 0xRRGGBB. */
    private static int colour(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "white" -> Decoding.WHITE;
            case "black" -> 0;
            default -> {
                if (!name.matches("[0-9A-Fa-f]{6}")) {
                    throw new UsageException(
                            "parameter 'background' cannot be '%s': it must be white, black or a colour as RRGGBB, 808080 for one"
                                    .formatted(name));
                }
                yield Integer.parseInt(name, 16);
            }
        };
    }

    /** Which of the source's images goes where. */
    public SplitPlan plan(List<ImageRef> of) {
        return SplitPlan.of(of, validation, images, variants, partRows, seed);
    }
}
