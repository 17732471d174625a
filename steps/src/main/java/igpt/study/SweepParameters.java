package igpt.study;

import igpt.config.Parameter;
import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.finetune.FinetuneParameters;
import igpt.pretrain.PretrainParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parameters of {@code sweep}, in addition to those of the job that it runs. */
public record SweepParameters(
        @Parameter(
                        help = "the job to run at each learning rate; its other parameters have that job's defaults",
                        defaultValue = "pretrain")
                Of of,
        @Parameter(
                        help =
                                "learning rates, the largest first; the sweep ends where the final validation loss rises",
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
        for (var of : Of.values()) {
            schemas.put(of.job(), of.schema());
        }
        return ParameterSchema.chosenBy("of", schemas);
    }

    public SweepParameters {
        LearningRates.parse("rates", rates);
    }

    /** The largest first. */
    public List<Double> learningRates() {
        return LearningRates.parse("rates", rates);
    }
}
