package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.select.ClassFacts;
import io.vperf.select.TypeFinder;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoaderTypesTest {

    private static final String SAMPLE = Samples.Named.class.getName();

    private final TestHealth health = new TestHealth();
    private final LoaderTypes types = new LoaderTypes(health.health());
    private final AtomicInteger asked = new AtomicInteger();

    private final ClassLoader counting = new ClassLoader(LoaderTypesTest.class.getClassLoader()) {
        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            asked.incrementAndGet();
            return super.getResourceAsStream(name);
        }
    };

    @Test
    void shouldAskALoaderOnceForWhatItHasAndForWhatItHasNot() {
        TypeFinder finder = types.of(counting);
        for (int i = 0; i < 3; i++) {
            ClassFacts found = Objects.requireNonNull(finder.find(SAMPLE));
            assertThat(found.annotations()).containsExactly("io.vperf.annotations.Measured");
            assertThat(finder.find("no.such.Type")).isNull();
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void shouldFindTypesOfTheJdk() {
        assertThat(types.of(counting).find("java.util.List")).isNotNull();
        assertThat(types.of(null).find("java.util.List")).isNotNull();
    }

    @Test
    void shouldKnowWhatItHasSeenWithoutAsking() {
        types.seen(counting, ClassFactsReader.read(ClassBytes.of(Samples.Named.class)));

        assertThat(types.of(counting).find(SAMPLE)).isNotNull();
        assertThat(asked).hasValue(0);
    }

    /** A loader that loads a class of its own to find a resource, which is looked at on the same thread, and so on. */
    @Test
    void shouldNotAskALoaderThatIsBeingAsked() {
        ClassLoader nesting = new ClassLoader(null) {
            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
                if (asked.incrementAndGet() > 10) {
                    throw new AssertionError("asked again and again");
                }
                assertThat(types.of(this).find(name + "$Helper")).isNull();
                return null;
            }
        };
        assertThat(types.of(nesting).find("a.B")).isNull();
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldTakeALoaderThatFailsForOneThatHasNothing() {
        ClassLoader failing = new ClassLoader(null) {
            @Override
            public InputStream getResourceAsStream(String name) {
                throw new IllegalStateException("closed");
            }
        };
        assertThat(types.of(failing).find("a.B")).isNull();
    }

    @Test
    void shouldCountMissingSupertypesAndNameEachOnce() {
        types.of(counting).missing("gone.Base");
        types.of(counting).missing("gone.Base");
        health.health().tellLines();

        assertThat(health.total(Trouble.SUPERTYPES_UNKNOWN)).isEqualTo(2);
        assertThat(health.said()).containsOnlyOnce("gone.Base");
    }
}
