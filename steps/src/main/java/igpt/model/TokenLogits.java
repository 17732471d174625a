package igpt.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What the residual after the last block says of each position's token: the last norm times the output embedding. */
final class TokenLogits {
    // Axes: b batch, s positions, e width, v colours.

    /** The weights of the model that it uses. */
    static final String[] WEIGHTS = {Weights.LN_F, Weights.WTET};

    private final MatMuls products;
    private final Norm norm;
    private final Operand<TFloat32> wtet;
    private final Operand<TFloat32> h;
    private final Operand<TFloat32> inverse;

    /**
     * @param weights those of {@link #WEIGHTS}, by name
     * @param h the residual, [b s, e]
     */
    TokenLogits(Ops tf, ModelConfig config, Tensors weights, Operand<TFloat32> h) {
        this.h = h;
        products = new MatMuls(
                tf,
                Precision.FLOAT32); // the loss's gradient, softmax − target, is a small difference of larger numbers
        norm = new Norm(tf, weights.get(Weights.LN_F), config.width());
        wtet = weights.get(Weights.WTET);
        inverse = norm.inverse(h);
    }

    /** [b s, v] */
    Operand<TFloat32> values() {
        return products.of(norm.values(h, inverse), wtet, true);
    }

    /** The gradient with respect to h and to the weights, given that with respect to the logits, [b s, v]. */
    Gradient backward(Operand<TFloat32> byLogits) {
        var byNorm = products.of(byLogits, wtet, false);
        var byInput = norm.byInput(h, inverse, byNorm);
        return new Gradient(
                byInput,
                Tensors.of(Weights.LN_F, norm.byGain(h, inverse, byNorm))
                        .with(Weights.WTET, products.of(byLogits, true, norm.values(h, inverse), false)));
    }
}
