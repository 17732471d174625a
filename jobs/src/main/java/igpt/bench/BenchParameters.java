package igpt.bench;

import igpt.config.ConfigFolder;
import igpt.config.DeviceName;
import igpt.config.ModelSize;
import igpt.config.Parameter;
import igpt.device.Device;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.model.Precision;
import igpt.schema.run.RuntimeSettings;
import igpt.training.Updates;

/** What is measured by {@code igpt bench}: the defaults are small, for a look at everything in a minute or two. */
public record BenchParameters(
        @Parameter(help = "of train, feed: a file of config/models without .yml", defaultValue = "nano") String model,
        @Parameter(help = "its layers; 0: as the model says", defaultValue = "0", min = 0) int layers,
        @Parameter(help = "its width; 0: as the model says", defaultValue = "0", min = 0) int width,
        @Parameter(help = "its heads; 0: as the model says", defaultValue = "0", min = 0) int heads,
        @Parameter(help = "ar or bert", defaultValue = "ar") Objective objective,
        @Parameter(help = Updates.BATCH, defaultValue = "4", min = 1, max = 65536) int batch,
        @Parameter(help = Updates.PARTS + "all", defaultValue = "0", min = 0) int microBatch,
        @Parameter(help = Updates.RECOMPUTE, defaultValue = "false") boolean recompute,
        @Parameter(help = Updates.PRECISION, defaultValue = "float32") Precision precision,
        @Parameter(
                        help = "pixels a side, so its square in positions; of prepare what images are shrunk to",
                        defaultValue = "32",
                        min = 2,
                        max = 256)
                int imageSize,
        @Parameter(help = "of the palette", defaultValue = "512", min = 2, max = 32768) int colours,
        @Parameter(
                        help =
                                "of prepare, palette, quantize: images as of the job prepare; of probe: a folder of X.npy (float32) and"
                                        + " y.npy (int32), whose first nine tenths are fitted",
                        defaultValue = "shapes",
                        path = true)
                String data,
        @Parameter(help = "of prepare, palette, quantize, feed: how many, at most", defaultValue = "400", min = 1)
                int images,
        @Parameter(help = "of probe", defaultValue = "5000", min = 10) int rows,
        @Parameter(help = "of probe: a row's", defaultValue = "256", min = 1) int features,
        @Parameter(help = "of probe", defaultValue = "10", min = 2) int classes,
        @Parameter(
                        help =
                                "of probe: the inverse strength of the L2 penalty, C of scikit-learn's LogisticRegression",
                        defaultValue = "0.01",
                        min = 1e-9)
                double c,
        @Parameter(help = "of probe: the pixels of drawn grey images, whose features are 588", defaultValue = "false")
                boolean grey,
        @Parameter(help = "of pages: how many the database has", defaultValue = "500", min = 60) int runs,
        @Parameter(help = "of pages: of all their curves", defaultValue = "200000", min = 1000) long points,
        @Parameter(
                        help =
                                "of pages: the URL of an empty PostgreSQL database to be filled, and left so; else one of its own",
                        defaultValue = "")
                String database,
        @Parameter(help = "times that each thing is measured, after a warm-up", defaultValue = "5", min = 1) int repeat,
        @Parameter(
                        help = "of train: a file for the timeline of three iterations, to be drawn by ui.perfetto.dev",
                        path = true)
                String timeline,
        @Parameter(help = DeviceName.HELP, defaultValue = "auto") String device) {

    public BenchParameters {
        DeviceName.parse(device);
        Updates.check(batch, microBatch);
    }

    /** The model to train. */
    public ModelConfig config(ConfigFolder folder) {
        var named = folder.model(model);
        var size = new ModelSize(or(layers, named.layers()), or(width, named.width()), or(heads, named.heads()));
        return new ModelConfig(size.layers(), size.width(), size.heads(), imageSize * imageSize, colours, objective);
    }

    /**
     * What networks are measured on.
     *
     * @throws igpt.schema.UserException if it cannot be used
     */
    public Device findDevice() {
        int threads = Runtime.getRuntime().availableProcessors();
        return DeviceName.parse(device).find(threads).sharingOperations(RuntimeSettings.intraOp(part(), threads));
    }

    /** Images at a time. */
    public int part() {
        return or(microBatch, batch);
    }

    private static int or(int given, int otherwise) {
        return given > 0 ? given : otherwise;
    }
}
