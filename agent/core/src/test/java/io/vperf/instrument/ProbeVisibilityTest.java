package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vperf.bootstrap.Probe;
import java.lang.reflect.Method;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeVisibilityTest {

    private static final Set<String> CALLED_BY_WOVEN_CODE = Set.of(
            "enter",
            "enterConstructor",
            "constructed",
            "exit",
            "exitWithStage",
            "exitWithoutStage",
            "exitWithPublisher",
            "enterRegion",
            "exitRegion",
            "virtualNs");

    private final ProbeVisibility visibility = new ProbeVisibility(new ClassDefiner());

    /** As an OSGi bundle's: finds nothing but what it was told of, here the JDK or not even that. */
    private static final class Refusing extends ClassLoader {

        private final String only;

        Refusing(String only) {
            super(null);
            this.only = only;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(only)) {
                return super.loadClass(name, resolve);
            }
            throw new ClassNotFoundException(name);
        }
    }

    private static Class<?> probeOf(ClassLoader loader) throws ClassNotFoundException {
        return Class.forName("io.vperf.bootstrap.Probe", false, loader);
    }

    @Test
    void shouldLeaveLoadersAloneThatFindTheProbe() throws Exception {
        ClassLoader child = new ClassLoader(ProbeVisibilityTest.class.getClassLoader()) {};
        visibility.ensure(null);
        visibility.ensure(child);
        assertThat(probeOf(child)).isSameAs(Probe.class);
    }

    @Test
    void shouldGiveALoaderThatDoesNotFindItABridge() throws Exception {
        Refusing refusing = new Refusing("java.");
        visibility.ensure(refusing);

        Class<?> bridge = probeOf(refusing);
        assertThat(bridge.getClassLoader()).isSameAs(refusing);
        for (Method method : Probe.class.getDeclaredMethods()) {
            if (CALLED_BY_WOVEN_CODE.contains(method.getName())) {
                assertThat(bridge.getMethod(method.getName(), method.getParameterTypes())
                                .getReturnType())
                        .isEqualTo(method.getReturnType());
            }
        }
    }

    /** Defining it again would be a LinkageError. */
    @Test
    void shouldKeepTheBridgeThatALoaderHas() throws Exception {
        Refusing refusing = new Refusing("java.");
        visibility.ensure(refusing);
        Class<?> bridge = probeOf(refusing);
        visibility.ensure(refusing);
        new ProbeVisibility(new ClassDefiner()).ensure(refusing);
        assertThat(probeOf(refusing)).isSameAs(bridge);
    }

    @Test
    void shouldSayWhatToDoWhereNoBridgeCanBeGiven() {
        assertThatThrownBy(() -> visibility.ensure(new Refusing("nothing.")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Refusing")
                .hasMessageContaining("delegate the package io.vperf.bootstrap")
                .hasCauseInstanceOf(LinkageError.class);
    }
}
