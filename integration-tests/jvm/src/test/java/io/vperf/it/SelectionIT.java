package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionIT {

    private static final String APP = "io.vperf.it.apps.Selection$";

    private static final OncePerJdk RUN =
            new OncePerJdk((jdk, folder) -> new Jvm(jdk, folder).run("io.vperf.it.apps.Selection"));

    @TempDir
    static Path folder = Path.of("");

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountMarkedMethodsOfEveryKind(Jdk jdk) {
        Dump dump = dump(jdk);

        assertThat(dump.calls(APP + "Marks.ofClass(int)")).isEqualTo(3);
        assertThat(dump.calls(APP + "Marks.instance(int)")).isEqualTo(2);
        assertThat(dump.calls(APP + "Marks.hidden(int)")).isEqualTo(5);
        assertThat(dump.calls(APP + "Greeter.greet(int)")).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountMarkedConstructorsOnly(Jdk jdk) {
        assertThat(dump(jdk).calls(APP + "Marks.<init>()")).isEqualTo(2);
        assertThat(dump(jdk).methods()).doesNotContain(APP + "Marks.<init>(int)");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldKeepOverloadsApart(Jdk jdk) {
        assertThat(dump(jdk).calls(APP + "Marks.over(int)")).isEqualTo(11);
        assertThat(dump(jdk).calls(APP + "Marks.over(long)")).isEqualTo(13);
        assertThat(dump(jdk).calls(APP + "Marks.over(int[],java.lang.String)")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNotCountLambdasInsideOfAMeasuredMethod(Jdk jdk) {
        assertThat(dump(jdk).calls(APP + "Marks.lambdas()")).isEqualTo(2);
        assertThat(dump(jdk).calls(APP + "Typed.ofPackage()")).isEqualTo(4);
        assertThat(dump(jdk).methods()).noneMatch(name -> name.contains("lambda$"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountCallsThroughAMethodReferenceOnce(Jdk jdk) {
        assertThat(dump(jdk).calls(APP + "Marks.referred(int)")).isEqualTo(17);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureTheNonPrivateMethodsThatAMarkedTypeDeclares(Jdk jdk) {
        List<String> ofType = dump(jdk).methods().stream()
                .filter(name -> name.contains("Typed"))
                .toList();

        assertThat(ofType)
                .containsExactlyInAnyOrder(
                        APP + "Typed.ofPublic()",
                        APP + "Typed.ofPackage()",
                        APP + "Typed.ofProtected()",
                        APP + "Typed.ofClass()")
                .allSatisfy(name -> assertThat(dump(jdk).calls(name)).isEqualTo(4));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPassOverAbstractAndNativeMethodsAndWhatImplementsThem(Jdk jdk) {
        assertThat(dump(jdk).methods()).noneMatch(name -> name.contains("abstractOne") || name.contains("inC"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNameMarkedMethodsWithoutCodeOnce(Jdk jdk) {
        assertThat(RUN.on(jdk, folder).err().lines().filter(line -> line.contains("there is no code")))
                .singleElement()
                .asString()
                .startsWith("vperf: @Measured has no effect ")
                .contains(APP + "Marks.inC()", APP + "Greeter.abstractOne()");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountAMethodOnceThatIsCalledThroughItsBridge(Jdk jdk) {
        assertThat(dump(jdk).calls(APP + "Doubling.grow(java.lang.Integer)")).isEqualTo(19);
        assertThat(dump(jdk).methods()).doesNotContain(APP + "Doubling.grow(java.lang.Object)");
        assertThat(dump(jdk).calls(APP + "CopyingText.copy()")).isEqualTo(23);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldReportUnderTheNameInTheAnnotation(Jdk jdk) {
        assertThat(dump(jdk).calls("shop.checkout")).isEqualTo(1);
        assertThat(dump(jdk).calls("shared")).isEqualTo(2);
        assertThat(dump(jdk).calls("Cart.own()")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayOnceThatMethodsShareAName(Jdk jdk) {
        assertThat(RUN.on(jdk, folder).err())
                .containsOnlyOnce("vperf: @Measured methods share the name 'shared' and are reported as one: " + APP
                        + "Marks.shared(int), " + APP + "Marks.shared(java.lang.String) (told once");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldEncodeTagsOfAnyName(Jdk jdk) {
        String name = "pay, then 100 % Größe=∞ 'x'";

        assertThat(dump(jdk).calls(name)).isEqualTo(1);
        assertThat(dump(jdk).histogramCount("wall:pay%2C%20then%20100%20%25%20Gr%C3%B6%C3%9Fe%3D%E2%88%9E%20%27x%27"))
                .isEqualTo(1);
        assertThat(RUN.on(jdk, folder).err()).contains(name);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldHoldAsManyCallsInEachHistogramAsWereCounted(Jdk jdk) {
        Dump dump = dump(jdk);

        assertThat(dump.methods())
                .hasSizeGreaterThan(15)
                .filteredOn(n -> n.startsWith(APP))
                .allSatisfy(name -> {
                    String tag = name.replace(",", "%2C");
                    assertThat(dump.histogramCount("wall:" + tag)).isEqualTo(dump.calls(name));
                    assertThat(dump.histogramCount("cpu:" + tag)).isEqualTo(dump.calls(name));
                });
    }

    private static Dump dump(Jdk jdk) {
        Jvm.Finished run = RUN.on(jdk, folder);
        assertThat(run.status()).describedAs(run.err()).isZero();
        Dump dump = run.dump();
        assertThat(dump.health("suppressedErrors")).isZero();
        return dump;
    }
}
