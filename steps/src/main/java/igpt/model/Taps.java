package igpt.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a forward pass leaves by the way, by kind and layer. It fills them in where they are computed. */
public final class Taps {
    private final Map<Tap, List<Operand<TFloat32>>> layers = new EnumMap<>(Tap.class);

    /** The next layer's: they come in order, from 0. */
    void add(Tap tap, Operand<TFloat32> value) {
        layers.computeIfAbsent(tap, key -> new ArrayList<>()).add(value);
    }

    /** @throws IllegalArgumentException if the pass has not left it */
    public Operand<TFloat32> get(Tap tap, int layer) {
        List<Operand<TFloat32>> all = all(tap);
        if (layer < 0 || layer >= all.size()) {
            throw new IllegalArgumentException("there is no %s of layer %d".formatted(tap, layer));
        }
        return all.get(layer);
    }

    /** Of every layer, from 0. */
    public List<Operand<TFloat32>> all(Tap tap) {
        return List.copyOf(layers.getOrDefault(tap, List.of()));
    }
}
