package igpt.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Tensors by name, in the order in which they were added: weights, what a forward pass keeps, gradients. A function takes
 * and returns one of these. Names are paths, as the reference's are: {@code model/h3/ln_1/g} is {@code ln_1/g} in the
 * folder {@code model/h3}.
 */
public final class Tensors {
    private static final Tensors NONE = new Tensors(Map.of());

    private final Map<String, Operand<TFloat32>> byName;

    private Tensors(Map<String, Operand<TFloat32>> byName) {
        this.byName = byName;
    }

    public static Tensors none() {
        return NONE;
    }

    public static Tensors of(String name, Operand<TFloat32> tensor) {
        return NONE.with(name, tensor);
    }

    public static Tensors of(Map<String, Operand<TFloat32>> byName) {
        return new Tensors(new LinkedHashMap<>(byName));
    }

    /** These, and one more. */
    public Tensors with(String name, Operand<TFloat32> tensor) {
        return with(new Tensors(Map.of(name, tensor)));
    }

    /** These, and then the others. */
    public Tensors with(Tensors others) {
        var all = new LinkedHashMap<String, Operand<TFloat32>>(byName);
        others.byName.forEach((name, tensor) -> {
            if (all.put(name, tensor) != null) {
                throw new IllegalArgumentException("two tensors are called " + name);
            }
        });
        return new Tensors(all);
    }

    /** These, and then the others in a folder. */
    public Tensors with(String folder, Tensors others) {
        return with(others.within(folder));
    }

    /** The same in a folder. */
    public Tensors within(String folder) {
        var renamed = new LinkedHashMap<String, Operand<TFloat32>>();
        byName.forEach((name, tensor) -> renamed.put(folder + "/" + name, tensor));
        return new Tensors(renamed);
    }

    /** Those of a folder, by their names in it. */
    public Tensors folder(String folder) {
        var own = new LinkedHashMap<String, Operand<TFloat32>>();
        byName.forEach((name, tensor) -> {
            if (name.startsWith(folder + "/")) {
                own.put(name.substring(folder.length() + 1), tensor);
            }
        });
        return new Tensors(own);
    }

    /** Those of these names, in that order. */
    public Tensors only(String... names) {
        var chosen = NONE;
        for (var name : names) {
            chosen = chosen.with(name, get(name));
        }
        return chosen;
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public Operand<TFloat32> get(String name) {
        var tensor = byName.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("there is no " + name + " among " + byName.keySet());
        }
        return tensor;
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** In their order. */
    public List<Operand<TFloat32>> values() {
        return List.copyOf(byName.values());
    }

    public Map<String, Operand<TFloat32>> byName() {
        return Collections.unmodifiableMap(byName);
    }
}
