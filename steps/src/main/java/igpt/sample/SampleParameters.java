package igpt.sample;

import igpt.config.DeviceName;
import igpt.config.Parameter;
import igpt.config.UsageException;
import igpt.generate.TokenSampler;
import igpt.schema.dataset.Splits;
import java.util.Set;

/** Parameters of {@code sample}: what is drawn from an auto-regressive model, and how. */
public record SampleParameters(
        @Parameter(
                        help =
                                "a checkpoint: newest, RUN (of a sweep: its best model), RUN@ITERATION, or a model's name",
                        defaultValue = "newest",
                        input = true)
                String checkpoint,
        @Parameter(help = "images to draw whole; 0: none", defaultValue = "16", min = 0, max = 10000) int samples,
        @Parameter(
                        help =
                                "images to complete: test, validation or train of the model's dataset, or a folder or picture of your own; or none",
                        path = true,
                        words = {Splits.TEST, Splits.VALIDATION, Splits.TRAIN})
                String complete,
        @Parameter(help = "how many of them", defaultValue = "8", min = 1, max = 10000) int prompts,
        @Parameter(
                        help = "the upper part of each that is given, in whole rows; the rest is drawn",
                        defaultValue = "0.5",
                        min = 0,
                        max = 1)
                double given,
        @Parameter(help = "how often each is completed", defaultValue = "4", min = 1, max = 100) int completions,
        @Parameter(
                        help = "1: as the model says; less: likelier colours; 0: the likeliest always",
                        defaultValue = "1",
                        min = 0,
                        max = 100)
                double temperature,
        @Parameter(help = "draw from so many of the likeliest colours; 0: from all", defaultValue = "0", min = 0)
                int topK,
        @Parameter(
                        help = "draw from the fewest of the likeliest colours that have this probability together",
                        defaultValue = "1",
                        min = 1e-9,
                        max = 1)
                double topP,
        @Parameter(help = "for everything random", defaultValue = "0") long seed,
        @Parameter(help = "images drawn at a time; best a multiple of 32", defaultValue = "32", min = 1, max = 65536)
                int sampleBatch,
        @Parameter(help = DeviceName.HELP, defaultValue = "auto", identifying = false) String device) {

    private static final Set<String> SPLITS = Set.of(Splits.TEST, Splits.VALIDATION, Splits.TRAIN);

    public SampleParameters {
        DeviceName.parse(device);
    }

    /** How a colour is drawn. */
    public TokenSampler sampler() {
        return new TokenSampler(temperature, topK, topP);
    }

    /** Whether there is anything to draw. */
    public boolean draws() {
        return samples > 0 || completes();
    }

    public boolean completes() {
        return !complete.isEmpty();
    }

    /** Whether images of the dataset are completed, not the user's own. */
    public boolean completesDataset() {
        return SPLITS.contains(complete);
    }

    /**
     * The rows of an image that are given.
     *
     * @param rows of the whole
     * @throws UsageException if that is none, or all
     */
    public int givenRows(int rows) {
        int kept = (int) Math.round(given * rows);
        if (kept < 1 || kept >= rows) {
            throw new UsageException("parameter 'given' cannot be %s: %s of the %d rows of an image would be given"
                    .formatted(given, kept < 1 ? "none" : "all", rows));
        }
        return kept;
    }
}
