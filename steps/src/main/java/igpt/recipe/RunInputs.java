package igpt.recipe;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a run.
 *
 * @param byName as they are stored: the component {@code maskRate} is {@code mask_rate}
 */
public record RunInputs(Map<String, String> byName) {
    public static final RunInputs NONE = new RunInputs(Map.of());

    public RunInputs {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    public static RunInputs of(Input... inputs) {
        return of(List.of(inputs));
    }

    public static RunInputs of(List<Input> inputs) {
        var byName = new LinkedHashMap<String, String>();
        for (var input : inputs) {
            for (var component : input.getClass().getRecordComponents()) {
                var value = value(input, component);
                if (value != null) {
                    byName.put(name(component), String.valueOf(value));
                }
            }
        }
        return new RunInputs(byName);
    }

    /** The one of that type, if the run has it. */
    public <I extends Input> Optional<I> find(Class<I> type) {
        var components = type.getRecordComponents();
        if (Arrays.stream(components).anyMatch(one -> !isOptional(one) && !byName.containsKey(name(one)))) {
            return Optional.empty();
        }
        var values = Arrays.stream(components)
                .map(one -> parse(byName.get(name(one)), one.getType()))
                .toArray();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return Optional.of(type.getDeclaredConstructor(types).newInstance(values));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if the run has none */
    public <I extends Input> I get(Class<I> type) {
        return find(type)
                .orElseThrow(() -> new IllegalStateException(
                        "the run has no input " + type.getSimpleName() + ", only " + byName.keySet()));
    }

    /** Those inputs that are artifacts. */
    public List<ArtifactKey> artifacts() {
        return Arrays.stream(Input.class.getPermittedSubclasses())
                .flatMap(type -> find(type.asSubclass(Input.class)).stream())
                .flatMap(input -> input.artifact().stream())
                .toList();
    }

    private static @Nullable Object value(Input input, RecordComponent component) {
        try {
            return component.getAccessor().invoke(input);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object parse(@Nullable String text, Class<?> type) {
        if (text == null) {
            return null;
        }
        if (type == String.class) {
            return text;
        }
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class) {
            return Long.valueOf(text);
        }
        if (type == Double.class) {
            return Double.valueOf(text);
        }
        throw new IllegalStateException("inputs of type " + type + " are not supported");
    }
}
