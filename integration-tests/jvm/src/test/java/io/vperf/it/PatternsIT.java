package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PatternsIT {

    private static final String CALL_ALL = "io.vperf.it.apps.CallAll";

    /** Options of the agent, and how many methods they measure in the shop. */
    static Stream<Arguments> selections() {
        Object[][] selections = {
            {21, List.of("include=shop.**")},
            {51, List.of("include=shop.**#*;shop.**#<init>", "trivial=on")},
            {4, List.of("include=*Repository+#find*(..);@Timed", "exclude=no.such.Class")},
            {4, List.of("include=@spring;@jakarta")},
            {6, List.of("include=@micrometer;@opentelemetry;Größe#zähle*")},
            {
                5,
                List.of(
                        "include=shop.Order#pay(int,..);@shop.AppService;@Timed+#*;shop.**#@Timed+",
                        "exclude=*Order#pay(int)")
            },
        };
        return Jdk.all().stream().flatMap(jdk -> Stream.of(selections).map(s -> Arguments.of(jdk, s[0], s[1])));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void shouldMeasureExactlyWhatMatchLists(Jdk jdk, int methods, List<String> options, @TempDir Path folder) {
        Path jar = PatternApp.jar(jdk, folder);

        List<String> listed = listed(jdk, folder, jar, options);
        Jvm.Finished run = run(jdk, folder, jar, String.join(",", options));

        assertThat(run.dump().methods()).containsExactlyInAnyOrderElementsOf(listed);
        assertThat(listed).hasSize(methods);
        assertThat(run.dump().health("suppressedErrors")).isZero();
        assertThat(run.dump().health("supertypesUnknown")).isZero();
    }

    private static List<String> listed(Jdk jdk, Path folder, Path jar, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("match", "--json"));
        arguments.add(options.get(0).substring("include=".length()));
        arguments.addAll(options.subList(1, options.size()));
        arguments.add(jar + ":" + PatternApp.libraries());
        // Only the JVM's own encoding of its arguments could differ.
        Jvm.Finished match =
                new Jvm(jdk, folder).environment("LC_ALL", "C.UTF-8").cli(arguments.toArray(new String[0]));
        assertThat(match.status()).describedAs(match.err()).isZero();
        List<String> listed = new ArrayList<>();
        JsonObject json = JsonParser.parseString(match.out()).getAsJsonObject();
        json.getAsJsonArray("methods").forEach(element -> {
            JsonObject method = element.getAsJsonObject();
            boolean ofShop = method.get("class").getAsString().matches("(shop|base)\\..*");
            if (ofShop && method.get("measured").getAsBoolean()) {
                listed.add(method.get("reportedAs").getAsString());
            }
        });
        return listed;
    }

    private static Jvm.Finished run(Jdk jdk, Path folder, Path jar, String options) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .environment("LC_ALL", "C.UTF-8")
                .agent(options)
                .classPath(Jvm.APPS + ":" + jar + ":" + PatternApp.libraries())
                .run(CALL_ALL, jar.toString());
        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.out()).contains("done");
        return run;
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldStopAPatternThatBringsTooMuch(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, PatternApp.jar(jdk, folder), "include=shop.**;base.**,max-matched=5");

        assertThat(run.dump().methods().stream().filter(name -> name.startsWith("shop.")))
                .hasSize(5);
        assertThat(run.dump().methods()).contains("base.Stored.save(java.lang.Object)");
        assertThat(run.dump().health("matchedTooMany")).isEqualTo(16);
        assertThat(run.err())
                .containsOnlyOnce("vperf: include: the pattern 'shop.**' has reached 5 methods and takes no more");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayWhatIsWrongWithAPatternAndLeaveTheApplicationAlone(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run =
                run(jdk, folder, PatternApp.jar(jdk, folder), "include=shop..Order;Order.pay(int),exclude=x/y");

        assertThat(run.err())
                .contains("pattern 'shop..Order', character 5: ", "write Order#pay(int)", "'x/y', character 2: ")
                .contains("not started because of the above");
        assertThat(run.dumpFiles()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayAtTheEndThatAPatternMeasuredNothing(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = run(jdk, folder, PatternApp.jar(jdk, folder), "include=shp.**;shop.Order#getT*");

        assertThat(run.err())
                .contains("the pattern 'shp.**' has measured nothing: no class was loaded that has such a method")
                .contains("'shop.Order#getT*' has measured nothing: what it is about is left out, first"
                        + " shop.Order.getTotal(): trivial")
                .contains(
                        "nothing was measured: no class was loaded that has methods with code that include= is about");
        assertThat(run.dumpFiles()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldExcludeWhatIsMarked(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .agent("exclude=*Selection$Marks;*Selection$Typed#of*(..)")
                .run("io.vperf.it.apps.Selection");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.dump().methods())
                .isNotEmpty()
                .noneMatch(name -> name.contains("$Marks.") || name.contains("$Typed."));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureClassesThatWereLoadedBeforeItWasAttached(Jdk jdk, @TempDir Path folder) throws IOException {
        Path jar = PatternApp.jar(jdk, folder);
        Jvm application = new Jvm(jdk, folder)
                .agent(null)
                .option("-XX:+EnableDynamicAgentLoading")
                .classPath(Jvm.APPS + ":" + jar + ":" + PatternApp.libraries());
        Process process = application.start(CALL_ALL, jar.toString(), "wait");
        application.await(process, "stdout", "ready");

        Jvm.Finished attach = new Jvm(jdk, Files.createDirectory(folder.resolve("attach")))
                .agent(null)
                .run(
                        "io.vperf.it.apps.Attach",
                        Long.toString(process.pid()),
                        Jvm.VPERF_JAR.toString(),
                        "include=Repository+#find(String);shop.Order;@spring");
        assertThat(attach.status()).describedAs(attach.err()).isZero();
        Files.createFile(folder.resolve("go"));
        Jvm.Finished run = application.finish(process);

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.dump().methods())
                .containsExactlyInAnyOrder(
                        "shop.OrderRepository.find(java.lang.String)",
                        "shop.Order.isNamed()",
                        "shop.Order.pay(int)",
                        "shop.Order.pay(int,java.lang.String[])",
                        "shop.Order.all()",
                        "shop.web.Beans$Own.serve()",
                        "shop.web.Beans$Controller.get()");
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }
}
