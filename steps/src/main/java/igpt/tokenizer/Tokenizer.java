package igpt.tokenizer;

/**
 * Turns pictures into tokens, and tokens into pictures. What encodes is as good as what decodes: {@code
 * encode(decode(tokens))} is the same tokens, if each of them can be told from all others.
 */
public interface Tokenizer {
    /** The vocabulary: tokens are 0 to size − 1. */
    int size();

    /** Where a picture's tokens stand. */
    Grid grid();

    /** Pixels a side of the pictures. */
    int resolution();

    /**
     * A picture's tokens.
     *
     * @param rgb red, green and blue of each pixel, row by row: 3 · resolution² unsigned bytes
     * @return one a position of the grid
     */
    short[] encode(byte[] rgb);

    /**
     * A picture of tokens.
     *
     * @param tokens one a position of the grid
     * @param values filled from {@code at} on: red, green and blue of each pixel, 3 · resolution² numbers between −1 and 1
     */
    void decode(int[] tokens, float[] values, int at);

    /** The same picture, 3 · resolution² unsigned bytes: rint(127.5 (value + 1)), as the paper's released code draws it. */
    default byte[] decode(int[] tokens) {
        float[] values = new float[3 * resolution() * resolution()];
        decode(tokens, values, 0);
        byte[] rgb = new byte[values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (int) Math.rint(127.5 * (values[i] + 1.0));
        }
        return rgb;
    }
}
