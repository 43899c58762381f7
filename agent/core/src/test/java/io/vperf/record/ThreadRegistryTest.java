package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.FakeClocks;
import io.vperf.health.TestHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ThreadRegistryTest {

    private final FakeClocks clocks = new FakeClocks(0);
    private final MethodTable table = new MethodTable(10, new TestHealth().health());
    private final ThreadRegistry registry = new ThreadRegistry(table, clocks.cpu());

    private static void run(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldForgetThreadsThatEndedButNotTheirCalls() {
        int id = table.register("m");
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            run(() -> {
                ThreadFrames frames = registry.create();
                sequences.add(frames.sequence);
                Objects.requireNonNull(frames.journal)
                        .append(CallWords.word(id, -1, CallWords.OUTERMOST), 10, 5, 10, 0);
            });
        }
        ThreadFrames living = registry.create();
        List<Long> ended = new ArrayList<>();
        registry.sweep(ended::add);

        assertThat(ended).containsExactlyInAnyOrderElementsOf(sequences).doesNotContain(living.sequence);
        assertThat(registry.size()).isEqualTo(1);
        assertThat(table.get(id).take(0, 0, 0, List.of()).raw().calls()).isEqualTo(20);
        registry.sweep(thread -> {
            throw new AssertionError("told twice: " + thread);
        });
    }

    @Test
    void shouldGiveBackTheClockOfAThreadThatEnded() {
        for (int i = 0; i < 20; i++) {
            run(registry::create);
        }
        assertThat(clocks.readersOpen).hasValue(20);
        registry.sweep(thread -> {});
        assertThat(clocks.readersOpen).hasValue(0);
    }

    @Test
    void shouldNumberThreadsUniquely() {
        Set<Long> numbers = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 5; i++) {
            run(() -> numbers.add(registry.create().sequence));
        }
        assertThat(numbers).hasSize(5);
    }

    @Test
    void shouldFindTheStateOfAThreadThatLostItsThreadLocals() {
        assertThat(registry.create()).isSameAs(registry.create());
    }
}
