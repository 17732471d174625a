package igpt.graph;

import igpt.model.Tensors;
import igpt.model.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/** A device's copy of a {@link Network}'s variables, and the towers that read them. On one device there is one. */
public final class Replica {
    private final Ops tf;
    private final int number;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> weights = new LinkedHashMap<>();
    private final List<Tower> towers = new ArrayList<>();

    private record Variable(VarHandleOp handle, Shape shape) {}

    /**
     * @param tf puts what it makes on the device
     * @param number from 0
     */
    Replica(Ops tf, int number, List<Weight> weights) {
        this.tf = tf;
        this.number = number;
        for (var weight : weights) {
            var variable = variable(weight.name(), Shape.of(weight.shape()));
            this.weights.put(weight.name(), tf.readVariableOp(variable, TFloat32.class));
        }
    }

    void add(Tower tower) {
        towers.add(tower);
    }

    /** A part of its sequences each, in the order of the batch. */
    public List<Tower> towers() {
        return List.copyOf(towers);
    }

    /** A new variable; an optimizer keeps its own here, too. */
    public VarHandleOp variable(String name, Shape shape) {
        var handle = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(shared(name)));
        variables.put(name, new Variable(handle, shape));
        return handle;
    }

    /** What a variable is called in the session: the first replica's as in checkpoints. */
    public String shared(String variable) {
        return number == 0 ? variable : variable + "/replica_" + number;
    }

    public VarHandleOp variable(String name) {
        return Objects.requireNonNull(variables.get(name), name).handle();
    }

    public Shape shape(String variable) {
        return Objects.requireNonNull(variables.get(variable), variable).shape();
    }

    /** Those of the weights, and what an optimizer has added. */
    List<String> variables() {
        return List.copyOf(variables.keySet());
    }

    /** The weights' values by name, as a pass over a batch reads them. */
    Tensors weights() {
        return Tensors.of(weights);
    }

    /** Makes operations on the device. */
    public Ops tf() {
        return tf;
    }
}
