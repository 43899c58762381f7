package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vperf.health.TestHealth;
import io.vperf.record.MethodTable;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompletionProbeTest {

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final WovenLoader loader;
    private final Object woven;

    CompletionProbeTest() throws Exception {
        loader = new WovenLoader();
        Class<?> sample = Samples.Completing.class;
        byte[] classFile = ClassBytes.of(sample);
        byte[] bytes = Objects.requireNonNull(
                new ProbeWeaver(table, health.health()).weave(sample.getName(), classFile, MeasuredScan.of(classFile)));
        woven = loader.put(sample.getName(), bytes)
                .loadClass(sample.getName())
                .getConstructor()
                .newInstance();
    }

    @BeforeEach
    void forgetTheConstructor() {
        loader.takeLog();
    }

    private @Nullable Object call(String method, @Nullable Object... arguments) throws Exception {
        for (Method m : woven.getClass().getMethods()) {
            if (m.getName().equals(method)) {
                return m.invoke(woven, arguments);
            }
        }
        throw new NoSuchMethodException(method);
    }

    private String entered(String method) {
        return "enter " + table.register("io.vperf.instrument.Samples$Completing." + method);
    }

    @Test
    void shouldReturnTheVeryStageAndShowIt() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>();
        assertThat(call("stage", stage, 0L)).isSameAs(stage);
        assertThat(call("stage", stage, 3L)).isSameAs(stage);
        assertThat(call("stage", null, 0L)).isNull();
        String entered = entered("stage(" + CompletionStage.class.getName() + ",long)");
        assertThat(loader.takeLog())
                .containsExactly(
                        entered,
                        "exit 0",
                        "stage " + stage,
                        entered,
                        "exit 0",
                        "stage " + stage,
                        entered,
                        "exit 0",
                        "stage null");
    }

    @Test
    void shouldTellOfAMethodThatThrowsInsteadOfReturning() throws Exception {
        assertThat(call("future", true)).isInstanceOf(CompletableFuture.class);
        assertThat(loader.takeLog()).hasSize(3).last().asString().startsWith("stage java.util");
        assertThatThrownBy(() -> call("future", false)).cause().hasMessage("mine");
        assertThat(loader.takeLog())
                .containsExactly("enter " + table.register("future"), "exit 0 IllegalStateException", "no stage");
    }

    @Test
    void shouldExchangeAPublisher() throws Exception {
        Flow.Publisher<String> own = subscriber -> {};
        assertThat(call("publisher", own)).isSameAs(Samples.Completing.OTHER);
        assertThat(loader.takeLog())
                .containsExactly(
                        entered("publisher(" + Flow.Publisher.class.getName() + ")"), "exit 0", "publisher " + own);
        assertThatThrownBy(() -> call("publisher", new Object[] {null})).cause().hasMessage("mine");
        assertThat(loader.takeLog()).hasSize(2).last().isEqualTo("exit 0 IllegalStateException");
    }

    @Test
    void shouldProbeTheOthersAsEver() throws Exception {
        assertThat(call("text")).isEqualTo("text");
        assertThat(loader.takeLog()).containsExactly(entered("text()"), "exit 0");
        assertThat(call("perhaps", 5)).isEqualTo(5);
        assertThat(loader.takeLog()).last().isEqualTo("stage 5");
    }
}
