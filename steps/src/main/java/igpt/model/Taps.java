package igpt.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What can be read from a forward pass, by kind and layer. The pass fills it in where each value is computed. */
public final class Taps {
    private final Map<Tap, List<Operand<TFloat32>>> layers = new EnumMap<>(Tap.class);

    /** Adds the next layer's value: layers come in order, from 0. */
    void add(Tap tap, Operand<TFloat32> value) {
        layers.computeIfAbsent(tap, key -> new ArrayList<>()).add(value);
    }

    /** @throws IllegalArgumentException if the pass did not add it */
    public Operand<TFloat32> get(Tap tap, int layer) {
        var all = all(tap);
        if (layer < 0 || layer >= all.size()) {
            throw new IllegalArgumentException("there is no %s of layer %d".formatted(tap, layer));
        }
        return all.get(layer);
    }

    /** The values of all layers, from 0. */
    public List<Operand<TFloat32>> all(Tap tap) {
        return List.copyOf(layers.getOrDefault(tap, List.of()));
    }
}
