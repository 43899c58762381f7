package io.vperf.record;

/**
 * Makes a stack overflow happen now, where nothing has been changed yet, rather than in the midst of a change.
 *
 * <p>A compiled frame is as small as the compiler can make it, and what follows may still be interpreted: of a plain recursion 300
 * compiled frames are 5 KB, and in one of three runs of a thousand overflows a journal was folded half before the stack was full,
 * and then once more. So each frame here has that much to keep across the call of the next one that compiled and interpreted
 * ones are of similar size.
 */
final class StackRoom {

    /**
     * 10 KB while it is compiled, 27 KB before. What follows is some twenty deep (packed histograms that grow), of frames of some
     * 250 bytes while they are interpreted. 0.7 µs once in some hundred calls.
     */
    static final int FRAMES = 60;

    /** Kept across each call: of two arrays in turn, so that a frame that is compiled into its caller's keeps its own. */
    static final int LONGS = 20;

    private static final long[] ONES = new long[LONGS];
    private static final long[] OTHERS = new long[LONGS];

    private StackRoom() {}

    /**
     * Returns if there is room for a few calls.
     *
     * @throws StackOverflowError if there is not
     */
    static void ensure() {
        descend(FRAMES, ONES, OTHERS);
    }

    /** What is read before the call of the next one is used after it. */
    static long descend(int frames, long[] a, long[] b) {
        long a0 = a[0];
        long a1 = a[1];
        long a2 = a[2];
        long a3 = a[3];
        long a4 = a[4];
        long a5 = a[5];
        long a6 = a[6];
        long a7 = a[7];
        long a8 = a[8];
        long a9 = a[9];
        long a10 = a[10];
        long a11 = a[11];
        long a12 = a[12];
        long a13 = a[13];
        long a14 = a[14];
        long a15 = a[15];
        long a16 = a[16];
        long a17 = a[17];
        long a18 = a[18];
        long a19 = a[19];
        long below = frames == 0 ? 0 : descend(frames - 1, b, a);
        return below - a0 - a1 - a2 - a3 - a4 - a5 - a6 - a7 - a8 - a9 - a10 - a11 - a12 - a13 - a14 - a15 - a16 - a17
                - a18 - a19;
    }
}
