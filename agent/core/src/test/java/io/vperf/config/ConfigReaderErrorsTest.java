package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigReaderErrorsTest {

    @Test
    void shouldTellEveryErrorOfEverySourceAtOnce() {
        Reading reading = Reading.of("keep=0,config=f")
                .property("vperf.interval", "5")
                .environment("VPERF_NATIVE", "yes")
                .file("f", "log=loud");

        assertThat(reading.errors())
                .containsExactly(
                        "agent argument keep='0': below the minimum (accepted: 1 to 10000)",
                        "system property vperf.interval='5': the unit is missing, add one of ns, us, ms, s, m or h"
                                + " (accepted: 100ms to 1h)",
                        "environment variable VPERF_NATIVE='yes': neither on nor off (accepted: on or off)",
                        "config file 'f', log='loud': unknown value (accepted: info, debug or off)");
    }

    @Test
    void shouldCheckValuesThatAnotherSourceHides() {
        assertThat(Reading.of("keep=1").environment("VPERF_KEEP", "x").errors())
                .containsExactly(
                        "environment variable VPERF_KEEP='x': not a whole number in this range (accepted: 1 to 10000)");
    }

    @Test
    void shouldSuggestAKeyForAMisspeltAgentArgument() {
        assertThat(Reading.of("intreval=5s").errors())
                .singleElement()
                .asString()
                .startsWith("agent argument intreval='5s': no such option, did you mean 'interval'? (accepted: dump, ");
    }

    @Test
    void shouldSayHowPatternsAreJoinedWhereACommaWasWritten() {
        assertThat(Reading.of("include=com.acme.**,org.x.Y#z").errors())
                .singleElement()
                .asString()
                .startsWith("agent argument org.x.Y#z: no such option;"
                        + " patterns are joined by ;, as in include=com.acme.**;org.x.Y#z");
    }

    @Test
    void shouldReadPatternsFromEverySourceAlike() {
        String patterns = "com.acme.Order#pay(int, String);@spring";
        String expected = Reading.of("include=" + patterns).options().include().toString();

        assertThat(expected).isEqualTo(patterns);
        assertThat(Reading.of(null)
                        .property("vperf.include", patterns)
                        .options()
                        .include())
                .hasToString(patterns);
        assertThat(Reading.of(null)
                        .environment("VPERF_INCLUDE", patterns)
                        .options()
                        .include())
                .hasToString(patterns);
        assertThat(Reading.of("config=f")
                        .file("f", "include=" + patterns)
                        .options()
                        .include())
                .hasToString(patterns);
    }

    @Test
    void shouldTellEveryFaultOfPatternsWithItsPlace() {
        assertThat(Reading.of("include=a..b;c/d,exclude=#x").errors())
                .satisfiesExactly(
                        error -> assertThat(error)
                                .startsWith("agent argument include='a..b;c/d': pattern 'a..b', character 2: ")
                                .contains("; pattern 'c/d', character 2: "),
                        error -> assertThat(error)
                                .startsWith("agent argument exclude='#x': pattern '#x', character 1: "));
    }

    @Test
    void shouldSuggestTheNameOfASystemProperty() {
        assertThat(Reading.of(null).property("vperf.Interval", "5s").errors())
                .singleElement()
                .asString()
                .contains("did you mean 'vperf.interval'?");
    }

    @Test
    void shouldSuggestTheNameOfAnEnvironmentVariable() {
        assertThat(Reading.of(null).environment("VPERF_NATIVEDIR", "/n").errors())
                .singleElement()
                .asString()
                .contains("did you mean 'VPERF_NATIVE_DIR'?");
    }

    @Test
    void shouldNotTakeAnotherSpellingOfAnEnvironmentVariable() {
        assertThat(Reading.of(null).environment("VPERF_native-dir", "/n").errors())
                .hasSize(1);
    }

    @Test
    void shouldSuggestTheBareKeyForAPrefixedOneInAFile() {
        assertThat(Reading.of("config=f").file("f", "vperf.keep=3").errors())
                .singleElement()
                .asString()
                .contains("did you mean 'keep'?");
    }

    @Test
    void shouldNotSuggestWhatIsNotClose() {
        assertThat(Reading.of("zebra=1").errors()).singleElement().asString().doesNotContain("did you mean");
    }

    @Test
    void shouldSuggestAValue() {
        assertThat(Reading.of("log=debgu").errors())
                .containsExactly("agent argument log='debgu': unknown value, did you mean 'debug'?"
                        + " (accepted: info, debug or off)");
    }

    @Test
    void shouldRefuseAKeyGivenTwice() {
        assertThat(Reading.of("keep=1,keep=2").errors())
                .containsExactly("agent argument keep='2': given twice, first as '1', remove one");
    }

    @Test
    void shouldRefuseABareKeyThatNeedsAValue() {
        assertThat(Reading.of("interval").errors())
                .containsExactly("agent argument interval: has no value, write interval=TIME (accepted: 100ms to 1h)");
    }

    @Test
    void shouldRefuseAnUnknownPlaceHolderInTheDumpPath() {
        assertThat(Reading.of("dump=a-%q").errors())
                .singleElement()
                .asString()
                .startsWith("agent argument dump='a-%q': unknown place holder '%q', use %h ");
    }

    @Test
    void shouldKeepAnErrorInOneLine() {
        assertThat(Reading.of("log=a\nb").errors())
                .singleElement()
                .asString()
                .startsWith("agent argument log='a\\u000ab': ");
    }

    @Test
    void shouldShowOnlyTheBeginningOfALongValue() {
        assertThat(Reading.of("log=" + "x".repeat(5000)).errors())
                .singleElement()
                .asString()
                .contains("xxx'... (5000 characters)")
                .hasSizeLessThan(250);
    }

    @Test
    void shouldAnswerHelpBeforeErrors() {
        assertThat(Reading.of("help,keep=0").parsed()).isEqualTo(new Parsed.Help());
    }

    @Test
    void shouldRefuseAValueOfHelp() {
        assertThat(Reading.of("help=please").errors())
                .containsExactly("agent argument help='please': takes no value (accepted: no value)");
    }
}
