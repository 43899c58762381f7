package io.vperf.labs.steal.guest;

/** Two square matrices and room for their product. */
final class Matrices {

    private final int size;
    private final double[] a;
    private final double[] b;
    private final double[] product;

    Matrices(int size) {
        this.size = size;
        a = new double[size * size];
        b = new double[size * size];
        product = new double[size * size];
        for (int i = 0; i < a.length; i++) {
            a[i] = i % 7;
            b[i] = i % 11;
        }
    }

    /** Row by column. Returns an element of the product, so that nothing is left out as unused. */
    double multiply() {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                for (int k = 0; k < size; k++) {
                    sum += a[i * size + k] * b[k * size + j];
                }
                product[i * size + j] = sum;
            }
        }
        return product[product.length / 2];
    }
}
