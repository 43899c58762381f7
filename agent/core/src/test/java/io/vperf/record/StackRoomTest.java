package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is made sure of does not depend on what the JIT compiler has made of it: interpreted or compiled, a frame has a least size. */
class StackRoomTest {

    private static final int ENOUGH_TO_BE_COMPILED = 50_000;
    private static final int MORE_THAN_FITS = 1 << 20;
    private static final long SMALL_STACK_BYTES = 1 << 20;
    private static final long LARGE_STACK_BYTES = 3 << 20;
    private static final long LEAST_BYTES = 9 << 10;

    private static int deepest(long stackBytes) throws InterruptedException {
        int[] deepest = new int[1];
        Thread thread = new Thread(
                null,
                () -> {
                    int fits = 0;
                    int fails = MORE_THAN_FITS;
                    while (fails - fits > 1) {
                        int frames = (fits + fails) / 2;
                        try {
                            StackRoom.descend(frames, new long[StackRoom.LONGS], new long[StackRoom.LONGS]);
                            fits = frames;
                        } catch (StackOverflowError e) {
                            fails = frames;
                        }
                    }
                    deepest[0] = fits;
                },
                "deep",
                stackBytes);
        thread.start();
        thread.join();
        return deepest[0];
    }

    private static double bytesOfAFrame() throws InterruptedException {
        int more = deepest(LARGE_STACK_BYTES) - deepest(SMALL_STACK_BYTES);
        return (double) (LARGE_STACK_BYTES - SMALL_STACK_BYTES) / more;
    }

    @Test
    void shouldTakeAsMuchOfTheStackWhetherCompiledOrNot() throws InterruptedException {
        double early = bytesOfAFrame();
        for (int i = 0; i < ENOUGH_TO_BE_COMPILED; i++) {
            StackRoom.ensure();
        }
        double late = bytesOfAFrame();

        assertThat(StackRoom.FRAMES * early).isGreaterThan(LEAST_BYTES);
        assertThat(StackRoom.FRAMES * late).isGreaterThan(LEAST_BYTES);
    }
}
