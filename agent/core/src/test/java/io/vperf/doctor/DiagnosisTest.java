package io.vperf.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private static final Finding WALL = Finding.ok(Examination.WALL, "a clock");
    private static final Finding CPU = Finding.limited(Examination.CPU, "a system call", "another kernel");
    private static final Finding STEAL = Finding.ok(Examination.STEAL, "a steal clock");
    private static final Finding DUMP = Finding.ok(Examination.DUMP, "/tmp");
    private static final Finding NONE = new Finding("counters", Verdict.IMPOSSIBLE, "no PMU", "");

    private static Diagnosis of(Finding... findings) {
        return new Diagnosis(List.of(new Fact("host", "box")), List.of(findings), Map.of("wall time", 25.4), true);
    }

    @Test
    void shouldBeFitWithTheFourThatAreNeeded() {
        assertThat(of(WALL, CPU, STEAL, DUMP, NONE).isFit()).isTrue();
        assertThat(of(CPU, STEAL, DUMP).isFit()).isFalse();
        assertThat(of(WALL, CPU, STEAL, new Finding(Examination.DUMP, Verdict.IMPOSSIBLE, "full", ""))
                        .isFit())
                .isFalse();
    }

    @Test
    void shouldPrintWhatIsFoundByItsWeight() {
        assertThat(DiagnosisText.of(of(NONE, WALL, CPU), "a machine").lines().skip(1))
                .containsExactly(
                        "  host                  box",
                        "",
                        "ok",
                        "  wall time             a clock",
                        "",
                        "limited",
                        "  CPU time              a system call",
                        "                        remedy: another kernel",
                        "",
                        "not possible",
                        "  counters              no PMU",
                        "",
                        "what a reading costs here, as far as half a second can tell ('cost' takes its time)",
                        "  wall time             25 ns");
    }

    @Test
    void shouldPrintJson() {
        JsonObject json = JsonParser.parseString(of(WALL, CPU).json()).getAsJsonObject();

        assertThat(json.get("fit").getAsBoolean()).isFalse();
        assertThat(json.getAsJsonArray("findings")
                        .get(1)
                        .getAsJsonObject()
                        .get("verdict")
                        .getAsString())
                .isEqualTo("LIMITED");
        assertThat(json.getAsJsonObject("costsNs").get("wall time").getAsDouble())
                .isEqualTo(25.4);
    }
}
