package igpt.page.view;

import igpt.config.ParameterSpec;
import igpt.config.Preset;
import igpt.launch.JobDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A job's parameters to be filled in.
 *
 * @param presets of this job
 * @param preset whose values the fields had at first; empty if none was chosen
 * @param again whether to do again what is complete
 * @param fault what is wrong with all of it, and with no field alone; empty if nothing is
 * @param plan what a launch would do, in lines; empty if that was not asked for
 */
public record LaunchForm(
        String job,
        String summary,
        List<Preset> presets,
        String preset,
        boolean again,
        List<Field> fields,
        String fault,
        List<String> plan) {
    /** Before a parameter's name, in the form: it has other fields, too. */
    static final String MARK = "p.";

    private static final Pattern NAMED = Pattern.compile("[a-z][a-z_0-9]*");

    /**
     * A parameter.
     *
     * @param value as it was typed; empty: the default
     * @param choices if it is one of a few words
     * @param chooser whether other fields are there by its value
     * @param fault what is wrong with it; empty if nothing is
     */
    public record Field(
            String name,
            String label,
            String help,
            String allowed,
            String value,
            String byDefault,
            List<String> choices,
            boolean numeric,
            boolean chooser,
            String fault) {
        public String id() {
            return "field-" + name;
        }

        public String formName() {
            return MARK + name;
        }

        /** Of a choice: what is chosen. */
        public boolean chosen(String choice) {
            return choice.equals(value.isEmpty() ? byDefault : value);
        }
    }

    /**
     * @param given what was typed, by name
     * @param faults what is wrong, by the parameter's name, or by none
     */
    static LaunchForm of(
            JobDefinition job,
            List<Preset> presets,
            String preset,
            boolean again,
            Map<String, String> given,
            Map<String, String> faults,
            List<String> plan) {
        var schema = job.parameters();
        var fields = new ArrayList<Field>();
        for (var spec : schema.specs(given)) {
            fields.add(field(spec, schema.isChooser(spec.name()), given, faults));
        }
        return new LaunchForm(
                job.name(), job.summary(), presets, preset, again, fields, faults.getOrDefault("", ""), plan);
    }

    private static Field field(
            ParameterSpec spec, boolean chooser, Map<String, String> given, Map<String, String> faults) {
        return new Field(
                spec.name(),
                spec.name().replace('_', ' '),
                spec.help(),
                spec.allowed(),
                given.getOrDefault(spec.name(), ""),
                spec.defaultValue(),
                spec.choices(),
                spec.type() == int.class || spec.type() == long.class || spec.type() == double.class,
                chooser,
                faults.getOrDefault(spec.name(), ""));
    }

    /** What is wrong with each value by itself. */
    static Map<String, String> faults(JobDefinition job, Map<String, String> given) {
        var faults = new LinkedHashMap<String, String>();
        for (var spec : job.parameters().specs(given)) {
            var value = given.get(spec.name());
            if (value != null) {
                spec.fault(value).ifPresent(fault -> faults.put(spec.name(), fault));
            }
        }
        return faults;
    }

    /** The parameter that a line is about, the first that it names; empty if it names none. */
    static String about(String line, JobDefinition job, Map<String, String> given) {
        var names =
                job.parameters().specs(given).stream().map(ParameterSpec::name).toList();
        return NAMED.matcher(line)
                .results()
                .map(found -> found.group())
                .filter(word -> names.contains(word)
                        && (word.contains("_")
                                || line.contains("'" + word + "'")
                                || line.startsWith(word + " ")
                                || line.startsWith(word + ":")
                                || line.contains(word + "=")))
                .findFirst()
                .orElse("");
    }
}
