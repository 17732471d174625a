package igpt.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One parameter as declared.
 *
 * @param name as typed: {@code learning_rate}
 * @param type String, int, long, double, boolean or an enum
 * @param defaultValue in canonical form
 * @param input it names what the run begins with: what it stood for identifies the run, and not the name
 * @param path a file or folder: absolute in canonical form, unless it is the default or one of the words
 * @param orRun of a path: or a run's number, which stays as it is
 * @param optional whether it can be {@code none}, whatever a job's default is: the empty text in canonical form
 */
public record ParameterSpec(
        String name,
        Class<?> type,
        String help,
        String defaultValue,
        double min,
        double max,
        boolean identifying,
        boolean input,
        boolean path,
        boolean orRun,
        List<String> words,
        boolean optional) {
    private static final int LONGEST = 1000;
    private static final String NONE = "none";

    static ParameterSpec of(RecordComponent component) {
        var p = Objects.requireNonNull(component.getAnnotation(Parameter.class), () -> component + " lacks @Parameter");
        var raw = new ParameterSpec(
                nameOf(component),
                component.getType(),
                p.help(),
                p.defaultValue(),
                p.min(),
                p.max(),
                p.identifying() && !p.input(),
                p.input(),
                p.path(),
                p.orRun(),
                List.of(p.words()),
                component.getType() == String.class && p.defaultValue().isEmpty() && !p.required());
        return new ParameterSpec(
                raw.name,
                raw.type,
                raw.help,
                raw.canonical(raw.defaultValue),
                raw.min,
                raw.max,
                raw.identifying,
                raw.input,
                raw.path,
                raw.orRun,
                raw.words,
                raw.optional);
    }

    /** The same with another default. */
    ParameterSpec withDefault(String text) {
        return new ParameterSpec(
                name, type, help, canonical(text), min, max, identifying, input, path, orRun, words, optional);
    }

    /** learningRate becomes learning_rate. */
    static String nameOf(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** One text for each value, so that {@code 3e-3} and {@code 0.003} are the same run. */
    String canonical(String text) {
        var value = parse(text);
        if (isNone(text)) {
            return "";
        }
        boolean word = words.contains(text.strip()) || orRun && text.strip().matches("\\d+");
        if (path && !text.equals(defaultValue) && !word) {
            return absolute(text.strip());
        }
        return value instanceof Enum<?> e ? typed(e) : value.toString();
    }

    private boolean isNone(String text) {
        return optional && (text.isBlank() || text.strip().equals(NONE));
    }

    private String absolute(String text) {
        if (text.isEmpty()) {
            return text;
        }
        var typed = text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
        return typed.toAbsolutePath().normalize().toString();
    }

    /** What is wrong with a value, in one line; empty if nothing is. */
    public Optional<String> fault(String text) {
        try {
            canonical(text);
            return Optional.empty();
        } catch (UsageException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** What may be given, of a parameter that takes one of a few words; empty of others. */
    public List<String> choices() {
        if (type == boolean.class) {
            return List.of("false", "true");
        }
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(constant -> typed((Enum<?>) constant))
                        .toList()
                : List.of();
    }

    Object parse(String text) {
        if (isNone(text)) {
            return "";
        }
        if (text.isBlank() && !defaultValue.isEmpty()) {
            throw new UsageException("parameter '%s' cannot be empty: give %s, or leave it out for %s"
                    .formatted(name, type == String.class ? "a value" : allowed(), defaultValue));
        }
        var value = parseType(text.strip());
        if (value instanceof Number n && !(n.doubleValue() >= min && n.doubleValue() <= max)) {
            throw bad(text);
        }
        if (text.length() > longest()) {
            throw new UsageException("parameter '%s' cannot be %,d characters long: at most %,d are possible"
                    .formatted(name, text.length(), longest()));
        }
        return value;
    }

    /** What is stored has its bounds. */
    private int longest() {
        return type == String.class && max < LONGEST ? (int) max : LONGEST;
    }

    private Object parseType(String text) {
        try {
            if (type == String.class) {
                return text;
            }
            if (type == int.class) {
                return Integer.valueOf(text);
            }
            if (type == long.class) {
                return Long.valueOf(text);
            }
            if (type == double.class) {
                return finite(Double.parseDouble(text));
            }
        } catch (NumberFormatException e) {
            throw bad(text);
        }
        if (type == boolean.class) {
            if (text.equals("true") || text.equals("false")) {
                return Boolean.valueOf(text);
            }
            throw bad(text);
        }
        if (type.isEnum()) {
            for (var constant : type.getEnumConstants()) {
                if (typed((Enum<?>) constant).equals(text)) {
                    return constant;
                }
            }
            throw bad(text);
        }
        throw new IllegalStateException("parameters of type " + type + " are not supported");
    }

    private static Double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new NumberFormatException();
        }
        return value + 0.0; // -0.0 and 0.0 are one value
    }

    private static String typed(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private UsageException bad(String text) {
        return new UsageException(
                "parameter '%s' cannot be '%s': it must be %s".formatted(name, text, allowed() + more(text)));
    }

    /** Of a number that is allowed but for how it is written, or for what a computer's whole numbers hold. */
    private String more(String text) {
        if (type != int.class && type != long.class || max != Double.POSITIVE_INFINITY) {
            return "";
        }
        try {
            double value = Double.parseDouble(text);
            long most = type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
            if (value > most) {
                return (min == Double.NEGATIVE_INFINITY ? " of at most " : " and at most ") + most;
            }
            return value >= min && value == Math.rint(value) ? ", in digits" : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }

    /** What may be given, in words: "a whole number from 4 to 64". */
    public String allowed() {
        if (type == String.class) {
            return optional ? "text or none" : "text";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(c -> typed((Enum<?>) c))
                    .collect(Collectors.joining(" or "));
        }
        var number = type == double.class ? "a number" : "a whole number";
        boolean below = min != Double.NEGATIVE_INFINITY, above = max != Double.POSITIVE_INFINITY;
        if (below && above) {
            return number + " from " + plain(min) + " to " + plain(max);
        }
        if (below) {
            return number + " of at least " + plain(min);
        }
        return above ? number + " of at most " + plain(max) : number;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
