package igpt.weights;

/** Matrices kept row by row. */
public final class Matrices {
    private Matrices() {}

    /** [rows, columns] becomes [columns, rows]. */
    static float[] transposed(float[] matrix, int rows) {
        return columns(matrix, rows, 0, matrix.length / rows);
    }

    /** Some columns of a matrix become rows. */
    static float[] columns(float[] matrix, int rows, int from, int count) {
        int columns = matrix.length / rows;
        var transposed = new float[count * rows];
        for (int column = 0; column < count; column++) {
            for (int row = 0; row < rows; row++) {
                transposed[column * rows + row] = matrix[row * columns + from + column];
            }
        }
        return transposed;
    }

    /** The opposite: rows of that length become columns of a matrix, from one on. */
    public static void putColumns(float[] transposed, float[] matrix, int rows, int from) {
        int columns = matrix.length / rows;
        for (int i = 0; i < transposed.length; i++) {
            matrix[i % rows * columns + from + i / rows] = transposed[i];
        }
    }
}
