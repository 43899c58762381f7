package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {

    private final QuantityValue duration = QuantityValue.duration(1, 7_200_000_000_000L);
    private final QuantityValue size = QuantityValue.sizeOrZero(1, 1L << 41, "never");

    @ParameterizedTest
    @CsvSource({"7ns, 7", "250us, 250000", "10ms, 10000000", "5s, 5000000000", "2m, 120000000000", "1h, 3600000000000"})
    void shouldReadDurations(String text, long ns) throws WrongValueException {
        assertThat(duration.parse(text)).isEqualTo(ns);
    }

    @ParameterizedTest
    @CsvSource({"12B, 12", "64KB, 65536", "100MB, 104857600", "1GB, 1073741824", "1TB, 1099511627776", "0, 0", "0KB, 0"
    })
    void shouldReadSizes(String text, long bytes) throws WrongValueException {
        assertThat(size.parse(text)).isEqualTo(bytes);
    }

    @Test
    void shouldReadCounters() throws WrongValueException {
        CountersValue counters = new CountersValue();

        assertThat(counters.parse("instructions+cycles:k + r01c2+cpu/event=0x3c,umask=1/u+none/x/"))
                .containsExactly("instructions", "cycles:k", "r01c2", "cpu/event=0x3c,umask=1/u", "none/x/");
        assertThat(counters.parse("off")).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithACounter() {
        CountersValue counters = new CountersValue();

        assertThatThrownBy(() -> counters.parse("cycles+instrucions"))
                .hasMessageStartingWith("counter instrucions: there is no event instrucions")
                .hasMessageContaining("instructions");
        assertThatThrownBy(() -> counters.parse("cycles+")).hasMessageStartingWith("counter has no name");
        assertThatThrownBy(() -> counters.parse("cycles+page-faults+Cycles"))
                .hasMessage("counter Cycles is cycles twice, remove one");
        assertThatThrownBy(() -> counters.parse("cs+context-switches"))
                .hasMessage("counter context-switches is cs twice, remove one");
        assertThatThrownBy(() -> counters.parse("")).hasMessageStartingWith("counter has no name");
        assertThatThrownBy(() -> counters.parse("cycles:")).hasMessageStartingWith("counter cycles: is not an event");
        assertThatThrownBy(() -> counters.parse("foo+bar")).hasMessageContainingAll("event foo", "event bar");
        assertThatThrownBy(() -> counters.parse("sched:sched_switch")).hasMessageContaining("tracepoints");
        assertThatThrownBy(() -> counters.parse("cycles:x")).hasMessageContaining("cycles:x");
        assertThatThrownBy(() -> counters.parse("r1" + "+r1".repeat(31))).hasMessage("32 counters, 31 at most");
    }

    @Test
    void shouldAskForAUnit() {
        assertProblem(duration, "5", "the unit is missing, add one of ns, us, ms, s, m or h");
    }

    @Test
    void shouldSuggestTheCaseOfAUnit() {
        assertProblem(size, "64kb", "unknown unit, did you mean '64KB'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-5s", "+5s", "1.5s", "5 s", "5sec", "٥s", "5s5s"})
    void shouldRefuseWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> duration.parse(text))
                .isInstanceOf(WrongValueException.class)
                .hasMessageStartingWith("not a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999ns", "9223372036854775807h", "3h"})
    void shouldRefuseDurationsThatAreTooLong(String text) {
        assertProblem(duration, text, "above the maximum");
    }

    @Test
    void shouldRefuseADurationOfZero() {
        assertProblem(duration, "0s", "below the minimum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100ms", "1h"})
    void shouldIncludeBothLimits(String text) throws WrongValueException {
        assertThat(OptionTable.INTERVAL.type().parse(text)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1%, 10000", "0.5%, 5000", "0.01%, 100", "50%, 500000", "50.0000%, 500000", "02.0125%, 20125", "off, 0"
    })
    void shouldReadPercentages(String text, long ppm) throws WrongValueException {
        assertThat(OptionTable.BUDGET.type().parse(text)).isEqualTo(ppm);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "%", "-1%", "+1%", "1 %", "1,5%", ".5%", "1.%", "0.00001%", "1e1%", "٥%", "OFF", "1%%"})
    void shouldRefuseWhatIsNoPercentage(String text) {
        assertProblem(OptionTable.BUDGET.type(), text, "neither off nor a percentage such as 1% or 0.5%");
    }

    @Test
    void shouldBoundPercentages() {
        assertProblem(OptionTable.BUDGET.type(), "0.0099%", "below the minimum");
        assertProblem(OptionTable.BUDGET.type(), "50.0001%", "above the maximum");
        assertProblem(OptionTable.BUDGET.type(), "999999999%", "above the maximum");
        assertThat(OptionTable.BUDGET.type().accepted()).isEqualTo("0.01% to 50%, or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "yes", "no", "ON", ""})
    void shouldTakeOnlyOnAndOff(String text) {
        assertProblem(new SwitchValue(), text, "neither on nor off");
    }

    @Test
    void shouldReadOff() throws WrongValueException {
        assertThat(OptionTable.DUMP.type().parse("off")).isEqualTo(new Output.Off());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Off", "of", "offf"})
    void shouldNotWriteAFileForAMisspeltOff(String text) {
        assertProblem(OptionTable.DUMP.type(), text, "did you mean 'off'? A file of that name is './" + text + "'");
    }

    @Test
    void shouldReadTheNamesOfStreams() throws WrongValueException {
        assertThat(OptionTable.REPORT.type().parse("stderr")).isEqualTo(new Output.Stderr());
        assertThat(OptionTable.REPORT.type().parse("stdout")).isEqualTo(new Output.Stdout());
    }

    @Test
    void shouldNotWriteAFileForAStream() {
        assertProblem(OptionTable.REPORT.type(), "-", "did you mean 'stdout'? A file of that name is './-'");
        assertProblem(OptionTable.REPORT.type(), "Stdout", "did you mean 'stdout'? A file of that name is './Stdout'");
        for (String stream : new String[] {"-", "stdout", "stderr"}) {
            assertProblem(
                    OptionTable.DUMP.type(),
                    stream,
                    "a dump goes to a file. A file of that name is './" + stream + "'");
        }
    }

    @Test
    void shouldWriteAFileOfAnyNameInAFolder() throws WrongValueException {
        assertThat(OptionTable.REPORT.type().parse("./off")).isEqualTo(new Output.ToFile("./off"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b"})
    void shouldRefuseWhatIsNoPath(String text) {
        assertThatThrownBy(() -> OptionTable.CONFIG.type().parse(text)).isInstanceOf(WrongValueException.class);
    }

    /** Half of a character has no code in any locale. */
    @Test
    void shouldRefuseAPathThatTheLocaleCannotEncode() {
        for (Option<?> option :
                List.of(OptionTable.DUMP, OptionTable.REPORT, OptionTable.NATIVE_DIR, OptionTable.CONFIG)) {
            assertProblem(
                    option.type(),
                    "/tmp/a\uD800.hlog",
                    "this JVM's locale has no code for a character of this path,"
                            + " set LC_ALL=C.UTF-8 for the JVM or use a path in ASCII");
        }
    }

    private static void assertProblem(ValueType<?> type, String text, String problem) {
        assertThatThrownBy(() -> type.parse(text))
                .isInstanceOf(WrongValueException.class)
                .hasMessage(problem);
    }
}
