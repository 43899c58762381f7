package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.annotations.Region;
import io.vperf.annotations.Vperf;
import java.lang.reflect.Method;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.Test;

/** On the API's own classes. */
class AgentCallsWeaverTest {

    private static final String AGENT_CALLS = "io.vperf.annotations.AgentCalls";

    private static byte[] agentCalls() throws ClassNotFoundException {
        return ClassBytes.of(Class.forName(AGENT_CALLS));
    }

    private static WovenLoader woven(byte[] agentCalls) throws ReflectiveOperationException {
        return new WovenLoader()
                .put(Region.class.getName(), ClassBytes.of(Region.class))
                .put(Vperf.class.getName(), ClassBytes.of(Vperf.class))
                .put(AGENT_CALLS, AgentCallsWeaver.weave(agentCalls));
    }

    @Test
    void shouldMakeTheApiCallTheProbe() throws Exception {
        WovenLoader loader = woven(agentCalls());
        Class<?> type = loader.loadClass(Region.class.getName());
        AutoCloseable region =
                (AutoCloseable) type.getMethod("begin", String.class).invoke(null, "r");
        region.close();
        region.close();
        Object usec =
                loader.loadClass(Vperf.class.getName()).getMethod("virtualUsec").invoke(null);

        assertThat(usec).isEqualTo(7L);
        assertThat(loader.takeLog()).containsExactly("enterRegion r", "exitRegion 5", "virtualNs");
    }

    /** Of another version of the API, as if its methods had other names. */
    @Test
    void shouldLeaveMethodsAloneThatItDoesNotKnow() throws Exception {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(agentCalls())
                .accept(
                        new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                            @Override
                            public String mapMethodName(String owner, String name, String descriptor) {
                                return name.equals("virtualNs") ? "virtualPs" : name;
                            }
                        }),
                        0);
        WovenLoader loader = woven(writer.toByteArray());
        Class<?> type = loader.loadClass(AGENT_CALLS);
        Method unknown = type.getDeclaredMethod("virtualPs");
        unknown.setAccessible(true);
        Method known = type.getDeclaredMethod("enterRegion", String.class);
        known.setAccessible(true);

        assertThat(unknown.invoke(null)).isEqualTo(-1L);
        assertThat(known.invoke(null, "r")).isEqualTo(5L);
        assertThat(loader.takeLog()).containsExactly("enterRegion r");
    }

    /** Weaving again is what a second retransformation does. */
    @Test
    void shouldWeaveWhatIsWoven() throws Exception {
        byte[] once = AgentCallsWeaver.weave(agentCalls());
        assertThat(AgentCallsWeaver.weave(once)).isEqualTo(once);
    }
}
