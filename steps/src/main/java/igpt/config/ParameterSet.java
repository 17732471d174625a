package igpt.config;

import java.lang.reflect.InvocationTargetException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** A job's parameters with their values, all of them present, checked and in canonical form. */
public final class ParameterSet {
    private final Map<String, ParameterSpec> specs;
    private final Map<String, String> values;
    private final Map<Class<? extends Record>, Record> records = new ConcurrentHashMap<>();

    ParameterSet(Map<String, ParameterSpec> specs, Map<String, String> values) {
        this.specs = specs;
        this.values = values;
    }

    /**
     * The values as one of the job's records, made when first asked for: steps ask for every image. Components the job does
     * not take have their declared default.
     */
    public <R extends Record> R as(Class<R> type) {
        return type.cast(records.computeIfAbsent(type, this::make));
    }

    private Record make(Class<? extends Record> type) {
        var components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        var arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            var spec = ParameterSpec.of(components[i]);
            types[i] = spec.type();
            arguments[i] = spec.parse(values.getOrDefault(spec.name(), spec.defaultValue()));
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One value in canonical form. */
    public String get(String name) {
        return Objects.requireNonNull(values.get(name), () -> "no parameter " + name);
    }

    /** Of its values those that another job's record takes too. */
    public Map<String, String> of(Class<? extends Record> type) {
        var own = new LinkedHashMap<String, String>();
        for (var spec : ParameterSchema.of(type).specs()) {
            if (has(spec.name())) {
                own.put(spec.name(), get(spec.name()));
            }
        }
        return own;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** All values, in the order declared, to be stored with the run. */
    public Map<String, String> toMap() {
        return Collections.unmodifiableMap(values);
    }

    /** Those that change the results. */
    public Map<String, String> identifying() {
        var identifying = new LinkedHashMap<>(values);
        identifying.keySet().removeIf(name -> !isIdentifying(name));
        return identifying;
    }

    public boolean isIdentifying(String name) {
        return Objects.requireNonNull(specs.get(name)).identifying();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
