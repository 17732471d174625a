package igpt.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All parameters a job takes: the components of its records, those of the same name once. */
public final class ParameterSchema {
    private final List<Class<? extends Record>> types;
    private final Supplier<Map<String, ParameterSpec>> finder;
    private final String chooser;
    private final Map<String, ParameterSchema> choices;
    private @Nullable Map<String, ParameterSpec> found;

    private ParameterSchema(List<Class<? extends Record>> types, Supplier<Map<String, ParameterSpec>> finder) {
        this(types, finder, "", Map.of());
    }

    private ParameterSchema(
            List<Class<? extends Record>> types,
            Supplier<Map<String, ParameterSpec>> finder,
            String chooser,
            Map<String, ParameterSchema> choices) {
        this.types = types;
        this.finder = finder;
        this.chooser = chooser;
        this.choices = choices;
    }

    @SafeVarargs
    public static ParameterSchema of(Class<? extends Record>... types) {
        var records = List.of(types);
        return new ParameterSchema(records, () -> declared(records));
    }

    private static Map<String, ParameterSpec> declared(List<Class<? extends Record>> types) {
        var specs = new LinkedHashMap<String, ParameterSpec>();
        for (var type : types) {
            for (var component : type.getRecordComponents()) {
                var spec = ParameterSpec.of(component);
                specs.putIfAbsent(spec.name(), spec);
            }
        }
        return specs;
    }

    /**
     * One of several, by the value of a parameter that all of them have: a sweep takes the parameters of the job that it
     * runs, with their defaults.
     */
    public static ParameterSchema chosenBy(String name, Map<String, ParameterSchema> schemas) {
        return new ParameterSchema(List.of(), () -> all(schemas.values()), name, schemas);
    }

    private static Map<String, ParameterSpec> all(Collection<ParameterSchema> schemas) {
        var all = new LinkedHashMap<String, ParameterSpec>();
        schemas.forEach(schema -> schema.byName().forEach(all::putIfAbsent));
        return all;
    }

    /** The same without some: a job that makes its dataset itself does not ask for one. They keep their defaults. */
    public ParameterSchema without(String... names) {
        return new ParameterSchema(types, () -> {
            var left = new LinkedHashMap<>(byName());
            left.keySet().removeAll(Set.of(names));
            return left;
        });
    }

    /** The same with another default: a job that does more than one thing does less of each. */
    public ParameterSchema withDefault(String name, String text) {
        return new ParameterSchema(types, () -> {
            var changed = new LinkedHashMap<>(byName());
            changed.put(name, spec(name).withDefault(text));
            return changed;
        });
    }

    public Collection<ParameterSpec> specs() {
        return byName().values();
    }

    /** Found when first asked for: those of all jobs would be a tenth of the time of {@code igpt runs}. */
    private Map<String, ParameterSpec> byName() {
        var specs = found;
        if (specs == null) {
            found = specs = finder.get();
        }
        return specs;
    }

    /** What may be given, by a parameter's value that it hangs on, {@code of=finetune}; one without a name where none does. */
    public Map<String, Collection<ParameterSpec>> variants() {
        if (choices.isEmpty()) {
            return Map.of("", specs());
        }
        var variants = new LinkedHashMap<String, Collection<ParameterSpec>>();
        choices.forEach((choice, schema) -> variants.put(chooser + "=" + choice, schema.specs()));
        return variants;
    }

    /** Those that may be given along with these. */
    public Collection<ParameterSpec> specs(Map<String, String> given) {
        return choices.isEmpty() ? specs() : chosen(Map.of(), given).specs(given);
    }

    /** Whether it is one by whose value the others are chosen. */
    public boolean isChooser(String name) {
        return name.equals(chooser);
    }

    /** Defaults, over them the preset's values, over these the ones given. */
    public ParameterSet resolve(Map<String, String> preset, Map<String, String> given) {
        if (!choices.isEmpty()) {
            return chosen(preset, given).resolve(preset, given);
        }
        var values = new LinkedHashMap<String, String>();
        var specs = byName();
        specs.forEach((name, spec) -> values.put(name, spec.defaultValue()));
        for (var layer : List.of(preset, given)) {
            layer.forEach((name, text) -> values.put(name, spec(name).canonical(text)));
        }
        var set = new ParameterSet(specs, values);
        checkRecords(set);
        return set;
    }

    /**
     * What is wrong with each value by itself, by the parameter's name: a form shows it next to the field. Whether they
     * agree with each other, {@link #resolve} tells.
     */
    public Map<String, String> problems(Map<String, String> given) {
        var problems = new LinkedHashMap<String, String>();
        var specs = byName();
        given.forEach((name, text) -> {
            try {
                var spec = specs.get(name);
                if (spec == null) {
                    throw new UsageException("unknown parameter '" + name + "'" + Nearest.hint(name, specs.keySet()));
                }
                spec.canonical(text);
            } catch (UsageException e) {
                problems.put(name, e.getMessage());
            }
        });
        return problems;
    }

    /**
     * What {@link ParameterSet#toMap} gave. A parameter that did not exist then has its default now.
     *
     * @throws UsageException if one does not exist any more, or its value is not allowed any more
     */
    public ParameterSet fromMap(Map<String, String> stored) {
        if (!choices.isEmpty()) {
            return chosen(Map.of(), stored).fromMap(stored);
        }
        var gone = new LinkedHashSet<>(stored.keySet());
        gone.removeAll(byName().keySet());
        if (!gone.isEmpty()) {
            throw new UsageException("there is no parameter " + String.join(", ", gone) + " any more");
        }
        return resolve(Map.of(), stored);
    }

    /**
     * The same to look at, not to resume: what no longer exists is passed over.
     *
     * @throws UsageException if a value is not allowed any more
     */
    public ParameterSet readMap(Map<String, String> stored) {
        if (!choices.isEmpty()) {
            return chosen(Map.of(), stored).readMap(stored);
        }
        var left = new LinkedHashMap<>(stored);
        left.keySet().retainAll(byName().keySet());
        return resolve(Map.of(), left);
    }

    /** What each would be if it had not been given, next to what was. */
    public Map<String, String> defaults(Map<String, String> stored) {
        if (!choices.isEmpty()) {
            return chosen(Map.of(), stored).defaults(stored);
        }
        var defaults = new LinkedHashMap<String, String>();
        specs().forEach(spec -> defaults.put(spec.name(), spec.defaultValue()));
        return defaults;
    }

    private ParameterSchema chosen(Map<String, String> preset, Map<String, String> given) {
        var spec = spec(chooser);
        var text = given.getOrDefault(chooser, preset.getOrDefault(chooser, spec.defaultValue()));
        return Objects.requireNonNull(choices.get(spec.canonical(text)));
    }

    private ParameterSpec spec(String name) {
        var spec = byName().get(name);
        if (spec == null) {
            throw new UsageException("unknown parameter '" + name + "'" + Nearest.hint(name, byName().keySet()));
        }
        return spec;
    }

    /** A record's own constructor may look at several values together. */
    private void checkRecords(ParameterSet set) {
        types.forEach(set::as);
    }
}
