package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import org.junit.jupiter.api.Test;

class MethodTableTest {

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(2, health.health());

    @Test
    void shouldGiveTheSameNameTheSameNumber() {
        int a = table.register("a");
        int b = table.register("b");

        assertThat(table.register("a")).isEqualTo(a).isNotEqualTo(b);
        assertThat(table.get(b).name()).isEqualTo("b");
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void shouldTellOnceThatMethodsShareAName() {
        int id = table.register("pay", "a.B.pay()");
        assertThat(table.register("pay", "a.B.pay()"))
                .as("in another class loader")
                .isEqualTo(id);
        health.health().tellLines();
        assertThat(health.said()).isEmpty();

        assertThat(table.register("pay", "a.B.payAll(int)")).isEqualTo(id);
        assertThat(table.register("pay", "a.C.pay()")).isEqualTo(id);
        health.health().tellLines();

        assertThat(health.said())
                .isEqualTo("vperf: @Measured methods share the name 'pay' and are reported as one: a.B.pay(),"
                        + " a.B.payAll(int) (told once for each name)\n");
    }

    @Test
    void shouldRefuseAndCountWhatIsBeyondTheCap() {
        table.register("a");
        table.register("b");

        assertThat(table.register("c")).isEqualTo(MethodTable.FULL);
        assertThat(table.register("b")).isNotNegative();
        assertThat(health.total(Trouble.METHODS_TOO_MANY)).isEqualTo(1);
    }

    @Test
    void shouldRememberEveryConstructorOfAName() {
        int id = table.register("made");
        table.constructor(id, "a.B", "()V");
        table.constructor(id, "a.B", "(I)V");

        assertThat(table.constructors(id)).containsExactlyInAnyOrder("a.B()V", "a.B(I)V");
        assertThat(table.constructors(99)).isEmpty();
    }
}
