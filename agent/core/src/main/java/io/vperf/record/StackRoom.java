package io.vperf.record;

/** Makes a stack overflow happen now, where nothing has been changed yet, rather than in the midst of a change. */
final class StackRoom {

    /**
     * Frames of the JVM's smallest size; what follows is some twenty deep (packed histograms that grow), of frames several times
     * that size while they are interpreted. 0.4 µs once in some hundred calls.
     */
    private static final int FRAMES = 300;

    private static final int LITTLE = 40;

    private StackRoom() {}

    /**
     * Returns if there is room for a few calls.
     *
     * @throws StackOverflowError if there is not
     */
    static void ensure() {
        descend(FRAMES);
    }

    /** As {@link #ensure}, for a few calls that go no deeper than a few calls themselves. */
    static void ensureLittle() {
        descend(LITTLE);
    }

    private static int descend(int frames) {
        return frames == 0 ? 0 : 1 + descend(frames - 1);
    }
}
