package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FutexTest {

    private static final int WORD = Futex.WORDS - 1;

    @BeforeEach
    void load() {
        assertThat(Natives.load(Natives.defaultFolders())).isInstanceOf(Capability.Available.class);
    }

    @Test
    void shouldNotWaitForAWordThatHasChanged() {
        int before = Futex.value(WORD);
        Futex.change(WORD);
        assertThat(Futex.value(WORD)).isEqualTo(before + 1);
        assertThat(Futex.await(WORD, before)).isFalse();
    }

    @Test
    @Timeout(60)
    void shouldGiveUpAfterAWhile() {
        assertThat(Futex.await(WORD, Futex.value(WORD))).isFalse();
    }

    @Test
    @Timeout(60)
    void shouldWakeWhoWaits() throws InterruptedException {
        AtomicBoolean woken = new AtomicBoolean();
        Thread waiter = new Thread(() -> {
            while (!woken.get()) {
                woken.set(Futex.await(WORD, Futex.value(WORD)));
            }
        });
        waiter.start();
        while (waiter.isAlive()) {
            Futex.change(WORD);
        }
        waiter.join();
        assertThat(woken).isTrue();
    }

    @Test
    @Timeout(60)
    void shouldNotWakeWhoWaitsForAnotherWord() throws InterruptedException {
        AtomicBoolean woken = new AtomicBoolean();
        Thread waiter = new Thread(() -> {
            for (int i = 0; i < 20; i++) {
                woken.compareAndSet(false, Futex.await(WORD, Futex.value(WORD)));
            }
        });
        waiter.start();
        while (waiter.isAlive()) {
            Futex.change(WORD - 1);
        }
        waiter.join();
        assertThat(woken).isFalse();
    }
}
