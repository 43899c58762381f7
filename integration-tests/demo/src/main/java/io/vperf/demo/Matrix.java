package io.vperf.demo;

import io.vperf.annotations.Measured;
import java.util.Random;

/** A dense square matrix of doubles, row by row. Its size is a power of two. */
final class Matrix {

    private static final int BLOCK = 64;

    private final int size;
    private final double[] values;

    @Measured
    Matrix(int size, long seed) {
        this(size, new double[size * size]);
        Random random = new Random(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble();
        }
    }

    private Matrix(int size, double[] values) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("size " + size + " is not a power of two");
        }
        this.size = size;
        this.values = values;
    }

    /** Row by column, three loops. */
    @Measured
    Matrix multiply(Matrix other) {
        requireSameSize(other);
        Matrix product = new Matrix(size, new double[size * size]);
        product.addProduct(this, 0, 0, other, 0, 0, 0, 0, size);
        return product;
    }

    /** By quarters, down to blocks that fit into the cache: one call makes 1 + 8 + 64 + … of itself. */
    @Measured
    void multiplyRecursively(Matrix a, int ar, int ac, Matrix b, int br, int bc, int r, int c, int n) {
        if (n <= BLOCK) {
            addProduct(a, ar, ac, b, br, bc, r, c, n);
            return;
        }
        int h = n / 2;
        for (int i = 0; i < 8; i++) {
            int dr = (i & 1) * h;
            int dc = (i >> 1 & 1) * h;
            int dk = (i >> 2) * h;
            multiplyRecursively(a, ar + dr, ac + dk, b, br + dk, bc + dc, r + dr, c + dc, h);
        }
    }

    /** Many short calls: a dot product of one row and one column. */
    @Measured
    double dot(int row, Matrix other, int column) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
            sum += values[row * size + k] * other.values[k * size + column];
        }
        return sum;
    }

    /** Compares some entries of a product with dot products; now and then it is told to doubt the result. */
    @Measured("Matrix.verify")
    void verify(Matrix a, Matrix b, boolean doubt) {
        for (int i = 0; i < size; i++) {
            int column = i * 7 % size;
            double expected = a.dot(i, b, column);
            if (doubt || Math.abs(expected - values[i * size + column]) > 1e-9 * size) {
                throw new ArithmeticException("row " + i + " does not match");
            }
        }
    }

    private void addProduct(Matrix a, int ar, int ac, Matrix b, int br, int bc, int r, int c, int n) {
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double factor = a.values[(ar + i) * a.size + ac + k];
                for (int j = 0; j < n; j++) {
                    values[(r + i) * size + c + j] += factor * b.values[(br + k) * b.size + bc + j];
                }
            }
        }
    }

    private void requireSameSize(Matrix other) {
        if (other.size != size) {
            throw new IllegalArgumentException("sizes differ: " + size + " and " + other.size);
        }
    }

    static Matrix zero(int size) {
        return new Matrix(size, new double[size * size]);
    }
}
