package igpt.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parameters of {@code sweep}, beside those of the job that it runs. */
public record SweepParameters(
        @Parameter(
                        help = "the job to run at each learning rate; its other parameters have that job's defaults",
                        defaultValue = "pretrain")
                Of of,
        @Parameter(
                        help = "learning rates, the largest first; it ends where the final validation loss rises",
                        defaultValue = "0.01,0.003,0.001,0.0003")
                String rates) {
    private static final String RATE = "learning_rate";
    private static final String TRAIN_ON = "train_on";

    /** A job that has a learning rate. */
    public enum Of {
        PRETRAIN(PretrainParameters.class),
        FINETUNE(FinetuneParameters.class);

        private final Class<? extends Record> parameters;

        Of(Class<? extends Record> parameters) {
            this.parameters = parameters;
        }

        /** Its name. */
        public String job() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What the sweep passes on; the rate is the sweep's own business, and it needs validation images. */
        private ParameterSchema schema() {
            return ParameterSchema.of(SweepParameters.class, parameters).without(RATE, TRAIN_ON);
        }

        /** The job's own of a sweep's parameters, at one rate. */
        public Map<String, String> parameters(ParameterSet sweep, double rate) {
            var own = sweep.of(parameters);
            own.put(RATE, String.valueOf(rate));
            return own;
        }
    }

    /** Those of a sweep: its own, and those of the job that it runs. */
    public static ParameterSchema schema() {
        var schemas = new LinkedHashMap<String, ParameterSchema>();
        for (var of : Of.values()) schemas.put(of.job(), of.schema());
        return ParameterSchema.chosenBy("of", schemas);
    }

    public SweepParameters {
        var parsed = parse(rates);
        for (int i = 1; i < parsed.size(); i++) {
            if (parsed.get(i) >= parsed.get(i - 1)) throw bad(rates);
        }
    }

    /** The largest first. */
    public List<Double> learningRates() {
        return parse(rates);
    }

    private static List<Double> parse(String rates) {
        try {
            var parsed = Arrays.stream(rates.split(",", -1))
                    .map(rate -> Double.valueOf(rate.strip()))
                    .toList();
            if (parsed.stream().allMatch(rate -> rate > 0 && rate <= 10)) return parsed;
        } catch (NumberFormatException e) {
            throw bad(rates);
        }
        throw bad(rates);
    }

    private static UsageException bad(String rates) {
        return new UsageException("parameter 'rates' cannot be '" + rates
                + "': it must be numbers from the largest down, above 0 and at most 10, with commas between");
    }
}
