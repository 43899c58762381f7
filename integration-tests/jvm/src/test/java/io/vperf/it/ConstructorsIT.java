package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConstructorsIT {

    private static final String APP = "io.vperf.it.apps.Constructors$";

    private static final OncePerJdk RUN =
            new OncePerJdk((jdk, folder) -> new Jvm(jdk, folder).run("io.vperf.it.apps.Constructors"));

    @TempDir
    static Path folder = Path.of("");

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountConstructorsOfEveryShape(Jdk jdk) {
        Dump dump = dump(jdk);

        assertThat(dump.calls(APP + "Shapes.<init>(int)")).isEqualTo(10);
        assertThat(dump.calls(APP + "Delegating.<init>()")).isEqualTo(9);
        assertThat(dump.calls(APP + "Delegating.<init>(java.lang.String)")).isEqualTo(9);
        assertThat(dump.calls(APP + "Choosing.<init>(int,boolean)")).isEqualTo(8);
        assertThat(dump.calls(APP + "Busy.<init>(int,long,double,java.lang.Object)"))
                .isEqualTo(7);
        assertThat(dump.calls(APP + "Outer$Inner.<init>(io.vperf.it.apps.Constructors$Outer,int)"))
                .isEqualTo(6);
        assertThat(dump.calls(APP + "Point.<init>(int,int)")).isEqualTo(6);
        assertThat(dump.calls(APP + "Level.<init>(java.lang.String,int,int)")).isEqualTo(2);
        assertThat(dump.health("methodsLeftOut")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldComputeTheSameAsWithoutTheAgent(Jdk jdk, @TempDir Path alone) {
        Jvm.Finished without = new Jvm(jdk, alone).agent(null).run("io.vperf.it.apps.Constructors");

        assertThat(RUN.on(jdk, folder).out()).isEqualTo(without.out());
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTakeADelegatingConstructorForTheCallerOfTheOther(Jdk jdk) {
        Dump dump = dump(jdk);
        String outer = APP + "Delegating.<init>()";
        String inner = APP + "Delegating.<init>(java.lang.String)";

        assertThat(dump.sum(outer, "selfNs")).isEqualTo(dump.sum(outer, "wallNs") - dump.sum(inner, "wallNs"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountExceptionsOfBodyAndArguments(Jdk jdk) {
        Dump dump = dump(jdk);

        assertThat(dump.calls(APP + "FailsInBody.<init>(java.lang.String)")).isEqualTo(7);
        assertThat(dump.sum(APP + "FailsInBody.<init>(java.lang.String)", "exceptions"))
                .isEqualTo(7);
        assertThat(dump.calls(APP + "FailsInArguments.<init>(int)")).isEqualTo(5);
        assertThat(dump.sum(APP + "FailsInArguments.<init>(int)", "exceptions")).isEqualTo(5);
    }

    /** No handler may cover the call of super(…): such calls are lost, and that is counted. */
    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldCountAsLostWhatSuperEndsAndGoOnRightly(Jdk jdk) {
        Dump dump = dump(jdk);
        String failing = APP + "FailsInSuper.<init>(boolean)";
        String after = "io.vperf.it.apps.Constructors.after()";
        String nested = "io.vperf.it.apps.Constructors.nested()";

        assertThat(RUN.on(jdk, folder).printed("nested")).isEqualTo(7);
        assertThat(dump.health("lostFrames")).isEqualTo(4 + 3 + 7);
        assertThat(dump.calls(failing)).isEqualTo(2);
        // Outermost again, though calls of the same constructor went missing before.
        assertThat(dump.sum(failing, "wallNs"))
                .isEqualTo(dump.sum(failing, "selfNs"))
                .isPositive();
        assertThat(dump.calls(after)).isEqualTo(4);
        assertThat(dump.calls(nested)).isEqualTo(1);
        assertThat(dump.sum(nested, "selfNs")).isLessThan(dump.sum(nested, "wallNs"));
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureConstructorsWithCodeBeforeSuper(Jdk jdk, @TempDir Path here) {
        assumeTrue(jdk.feature() >= 25, jdk + " compiles no statements before super(…), JDK 25 and later do");
        Path classes = new Sources(jdk, here.resolve("src"))
                .file("Flexible.java", """
                        public class Flexible extends java.util.ArrayList<String> {
                            final long kept;
                            @io.vperf.annotations.Measured Flexible(int i, long l) {
                                if (i < 0) throw new IllegalArgumentException("negative");
                                int capacity = 1;
                                for (int j = 0; j < i; j++) capacity += new StringBuilder("x").length();
                                try { Integer.parseInt("no number"); } catch (NumberFormatException e) { capacity++; }
                                kept = l + capacity;
                                super(capacity);
                                for (int j = 0; j < i; j++) add("" + j);
                            }
                            public static long make() {
                                long sum = new Flexible(3, 4L).kept;
                                try { sum += new Flexible(-1, 0).size(); } catch (IllegalArgumentException e) { sum++; }
                                try { sum += new Flexible(1 << 10, 0) { { if (kept > 0) throw new IllegalStateException(); } }.size(); }
                                catch (IllegalStateException e) { sum++; }
                                return sum;
                            }
                        }
                        """)
                .compile(here.resolve("classes"), "-cp", Jvm.ANNOTATIONS.toString());

        Jvm.Finished run = new Jvm(jdk, here)
                .classPath(classes + ":" + Jvm.APPS)
                .run("io.vperf.it.apps.Reflective", "Flexible", "make");

        assertThat(run.status()).describedAs(run.err()).isZero();
        assertThat(run.out()).isEqualTo("11\n".repeat(10));
        Dump dump = run.dump();
        assertThat(dump.calls("Flexible.<init>(int,long)")).isEqualTo(30);
        assertThat(dump.sum("Flexible.<init>(int,long)", "exceptions")).isEqualTo(10);
        assertThat(dump.health("suppressedErrors")).isZero();
    }

    private static Dump dump(Jdk jdk) {
        Jvm.Finished run = RUN.on(jdk, folder);
        assertThat(run.status()).describedAs(run.err()).isZero();
        Dump dump = run.dump();
        assertThat(dump.health("suppressedErrors")).isZero();
        return dump;
    }
}
