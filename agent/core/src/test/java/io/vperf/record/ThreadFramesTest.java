package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.FakeClocks;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ThreadFramesTest {

    private final ThreadFrames frames = new ThreadFrames(
            Thread.currentThread(), false, 1, null, new FakeClocks(0).cpu().forVirtualThread());

    private Frame push(int methodId, long wallNs) {
        assertThat(frames.hasRoom()).isTrue();
        return frames.push(CallWords.word(methodId, 0, 0), 0, wallNs);
    }

    @Test
    void shouldTellTheOutermostCallOfEachMethod() {
        push(1, 0);
        push(65, 0); // shares the bit of method 1
        push(1, 0);
        assertThat(frames.at(0).is(CallWords.OUTERMOST)).isTrue();
        assertThat(frames.at(1).is(CallWords.OUTERMOST)).isTrue();
        assertThat(frames.at(2).is(CallWords.OUTERMOST)).isFalse();

        frames.pop();
        frames.pop();
        frames.pop();
        push(1, 0);
        assertThat(frames.at(0).is(CallWords.OUTERMOST)).isTrue();
    }

    @Test
    void shouldCountTheCalleesOfEachFrame() {
        Frame caller = push(1, 0);
        Frame callee = push(2, 0);
        for (int wallNs : new int[] {10, 0}) {
            push(3, 0);
            frames.pop(wallNs);
        }
        assertThat(callee.callees).isEqualTo(2);
        assertThat(callee.calleesWallNs).isEqualTo(10);

        frames.pop(30);
        assertThat(caller.callees).isEqualTo(1);
        assertThat(caller.calleesWallNs).isEqualTo(30);
        assertThat(callee.callees).as("stays readable").isEqualTo(2);
        assertThat(push(2, 0)).isSameAs(callee);
        assertThat(callee.callees).isZero();
        assertThat(caller.callees).isEqualTo(1);
    }

    @Test
    void shouldLayCallsThatAreOnlyCountedOnTheTopmostFrame() {
        frames.addCounted(1);
        Frame caller = push(1, 0);
        frames.addCounted(2);
        Frame callee = push(65, 0); // shares the bit of method 1
        frames.addCounted(2);
        frames.addCounted(2);
        assertThat(caller.countedCallees).isEqualTo(1);
        assertThat(callee.countedCallees).isEqualTo(2);
        assertThat(caller.is(CallWords.RECURSIVE)).isFalse();

        frames.addCounted(1);
        assertThat(callee.countedCallees).isEqualTo(3);
        assertThat(caller.is(CallWords.RECURSIVE)).isTrue();
        assertThat(callee.is(CallWords.RECURSIVE)).isFalse();
        frames.pop();
        assertThat(push(2, 0).countedCallees).isZero();
    }

    @Test
    void shouldGiveADroppedCallsCalleesToItsCaller() {
        Frame caller = push(1, 0);
        push(2, 0);
        for (int wallNs : new int[] {10, 5}) {
            push(3, 0);
            frames.pop(wallNs);
        }
        assertThat(frames.drop().methodId()).isEqualTo(2);
        assertThat(caller.callees).isEqualTo(2);
        assertThat(caller.calleesWallNs).isEqualTo(15);
        assertThat(frames.drop()).isSameAs(caller);
        assertThat(frames.depth()).isZero();
    }

    @Test
    void shouldGrowToItsLimitAndNotBeyond() {
        for (int i = 0; i < ThreadFrames.MAX_DEPTH; i++) {
            assertThat(push(i & 127, i).depth).isEqualTo(i);
        }
        assertThat(frames.hasRoom()).isFalse();
        assertThat(frames.at(12_345).entryNs).isEqualTo(12_345);
    }

    @Test
    void shouldShowCallsInFlightWithTheOldestOnesAge() {
        push(7, 100);
        push(8, 200);
        push(7, 300);
        InFlight seen = new InFlight();
        frames.inFlight(seen, 1000);

        assertThat(seen.count(7)).isEqualTo(2);
        assertThat(seen.oldestNs(7)).isEqualTo(900);
        assertThat(seen.count(8)).isEqualTo(1);
        assertThat(seen.count(9)).isZero();
    }

    @Test
    void shouldNotShowConstructorsThatMayHaveEndedUnseen() {
        Frame constructor = frames.push(CallWords.word(7, 0, CallWords.PROVISIONAL), 0, 100);
        assertThat(frames.isTopProvisional()).isTrue();
        InFlight seen = new InFlight();
        frames.inFlight(seen, 1000);
        assertThat(seen.count(7)).isZero();

        frames.confirm(constructor);
        frames.inFlight(seen, 1000);
        assertThat(frames.isTopProvisional()).isFalse();
        assertThat(seen.count(7)).isEqualTo(1);
    }

    @Test
    void shouldKnowThatItsThreadHasEnded() throws InterruptedException {
        Thread thread = new Thread(() -> {});
        ThreadFrames own =
                new ThreadFrames(thread, false, 1, null, new FakeClocks(0).cpu().forVirtualThread());
        thread.start();
        thread.join();
        assertThat(own.hasEnded()).isTrue();
        assertThat(frames.hasEnded()).isFalse();
    }

    /**
     * One thread pushes and pops without a pause, another looks on. Frames above the bottom carry consecutive numbers as the times
     * they begin at, each a new one, and their method tells the number modulo 16; so a stack or a frame put together from two shows.
     */
    @Test
    @Timeout(60)
    void shouldNeverShowAFrameThatNeverWas() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        Thread pusher = new Thread(() -> {
            push(0, 0);
            long number = 1;
            while (!done.get()) {
                int depth = (int) (1 + number % 5);
                for (int i = 0; i < depth; i++) {
                    frames.hasRoom();
                    frames.push(CallWords.word((int) (number % 16 + 1), 0, 0), 0, number);
                    number++;
                }
                for (int i = 0; i < 10; i++) {
                    Thread.onSpinWait(); // a method does something, too
                }
                for (int i = 0; i < depth; i++) {
                    frames.pop();
                }
            }
        });
        pusher.start();
        while (frames.depth() == 0) {
            Thread.onSpinWait();
        }
        long nowNs = Long.MAX_VALUE / 4;
        long seenAbove = 0;
        long torn = 0;
        for (int look = 0; look < 1_000_000; look++) {
            InFlight seen = new InFlight();
            frames.inFlight(seen, nowNs);
            assertThat(seen.count(0)).isEqualTo(1);
            long first = Long.MAX_VALUE;
            long last = 0;
            int above = 0;
            for (int id = 1; id <= 16; id++) {
                if (seen.count(id) > 0) {
                    long number = nowNs - seen.oldestNs(id);
                    above++;
                    first = Math.min(first, number);
                    last = Math.max(last, number);
                    torn += number % 16 + 1 == id && seen.count(id) == 1 ? 0 : 1;
                }
            }
            seenAbove += above;
            torn += above > 0 && last - first + 1 != above ? 1 : 0;
        }
        done.set(true);
        pusher.join();
        assertThat(seenAbove).as("frames seen while they came and went").isPositive();
        assertThat(torn).as("frames or stacks that never were").isZero();
    }
}
