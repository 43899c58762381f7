package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vperf.annotations.Measured;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.record.MethodTable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProbeWeaverTest {

    private static final String MARK = Type.getDescriptor(Measured.class);

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final ProbeWeaver weaver = new ProbeWeaver(table, health.health());
    private final WovenLoader loader;

    ProbeWeaverTest() throws ReflectiveOperationException {
        loader = new WovenLoader();
    }

    private byte @Nullable [] weave(String name, byte[] classFile) {
        return weaver.weave(name, classFile, MeasuredScan.of(classFile));
    }

    private Class<?> woven(Class<?> sample) throws ClassNotFoundException {
        byte[] woven = Objects.requireNonNull(weave(sample.getName(), ClassBytes.of(sample)));
        return loader.put(sample.getName(), woven).loadClass(sample.getName());
    }

    private int id(String name) {
        return table.register(name);
    }

    private int methodId(String signature) {
        return id("io.vperf.instrument.Samples$Methods." + signature);
    }

    private static Object call(Object target, String method, Object... arguments) throws Exception {
        for (Method m : target.getClass().getMethods()) {
            if (m.getName().equals(method)) {
                return m.invoke(target, arguments);
            }
        }
        throw new NoSuchMethodException(method);
    }

    private Object methods() throws Exception {
        return woven(Samples.Methods.class).getConstructor().newInstance();
    }

    @Test
    void shouldAnswerAsBeforeAndTellBeginAndEnd() throws Exception {
        Object woven = methods();
        Samples.Methods plain = new Samples.Methods();
        assertThat(loader.log).as("an unmarked constructor").isEmpty();

        assertThat(call(woven, "wide", 5L, 2.5, 10, "abc")).isEqualTo(Samples.Methods.wide(5, 2.5, 10, "abc"));
        int id = methodId("wide(long,double,int,java.lang.String)");
        assertThat(loader.takeLog()).containsExactly("enter " + id, "exit 0");

        for (int divisor : new int[] {0, 7}) {
            assertThat(call(woven, "caught", divisor)).isEqualTo(plain.caught(divisor));
            assertThat(loader.takeLog()).containsExactly("enter " + methodId("caught(int)"), "exit 0");
        }
        for (String text : new String[] {"a", "b", "c"}) {
            assertThat(call(woven, "switched", text)).isEqualTo(plain.switched(text));
            loader.takeLog();
        }
        assertThat(call(woven, "locked", "x")).isEqualTo("lockedx");
        loader.takeLog();
        assertThat(call(woven, "unmarked")).isEqualTo(7);
        assertThat(loader.takeLog()).isEmpty();
    }

    @Test
    void shouldPassOnTheApplicationsExceptionUntouched() throws Exception {
        Object woven = methods();
        assertThatThrownBy(() -> call(woven, "thrown", "mine"))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("mine")
                .hasNoCause()
                .satisfies(e -> {
                    StackTraceElement[] stack = e.getStackTrace();
                    assertThat(stack[0].getMethodName()).isEqualTo("thrown");
                    assertThat(stack[0].getLineNumber()).isPositive();
                    assertThat(stack).noneMatch(f -> f.getClassName().contains("bootstrap"));
                });
        assertThat(loader.takeLog())
                .containsExactly("enter " + methodId("thrown(java.lang.String)"), "exit 0 IllegalStateException");
    }

    @Test
    void shouldTellEveryLevelOfARecursion() throws Exception {
        assertThat(call(methods(), "recursive", 2)).isEqualTo(2);
        String enter = "enter " + id("recursion");
        assertThat(loader.takeLog()).containsExactly(enter, enter, enter, "exit 2", "exit 1", "exit 0");
    }

    private Object construct(Class<?> c, Class<?>[] types, Object... arguments) throws Exception {
        Constructor<?> constructor = c.getConstructor(types);
        return constructor.newInstance(arguments);
    }

    private int constructorId(String parameters) {
        return id("io.vperf.instrument.Samples$Constructors.<init>(" + parameters + ")");
    }

    private static Object field(Object o, String name) throws Exception {
        return o.getClass().getField(name).get(o);
    }

    @Test
    void shouldProbeConstructorsFromBeforeSuperToEveryWayOut() throws Exception {
        Class<?> c = woven(Samples.Constructors.class);

        Object plain = construct(c, new Class<?>[] {String.class}, "x");
        assertThat(field(plain, "made")).isEqualTo("x");
        assertThat(loader.takeLog())
                .containsExactly("constructor " + constructorId("java.lang.String"), "constructed 0", "exit 0");

        Object early = construct(c, new Class<?>[] {double.class, Object.class}, 1.0, "n");
        assertThat(field(early, "sum")).isEqualTo(0L);
        assertThat(loader.takeLog()).endsWith("constructed 0", "exit 0").hasSize(3);
        Object late = construct(c, new Class<?>[] {double.class, Object.class}, 0.0, "n");
        assertThat(field(late, "sum")).isEqualTo(9L);
        loader.takeLog();

        for (long divisor : new long[] {0, 10}) {
            Object caught = construct(c, new Class<?>[] {long.class}, divisor);
            assertThat(field(caught, "sum")).isEqualTo(new Samples.Constructors(divisor).sum);
            assertThat(loader.takeLog()).endsWith("constructed 0", "exit 0").hasSize(3);
        }
    }

    @Test
    void shouldProbeAConstructorThatChoosesItsArgumentOfSuper() throws Exception {
        Class<?> c = woven(Samples.Constructors.class);
        Class<?>[] types = {boolean.class, int.class, int.class};
        assertThat(field(construct(c, types, true, 3, 4), "made")).hasToString("yes3");
        assertThat(field(construct(c, types, false, 3, 4), "made")).isEqualTo(List.of(3, 4));
        assertThat(loader.takeLog()).hasSize(6);
    }

    @Test
    void shouldNestAConstructorThatCallsThis() throws Exception {
        Class<?> c = woven(Samples.Constructors.class);
        Object made = construct(c, new Class<?>[] {int[].class}, new int[] {1, 2, 3});

        assertThat(field(made, "sum")).isEqualTo(new Samples.Constructors(new int[] {1, 2, 3}).sum);
        assertThat(loader.takeLog())
                .containsExactly(
                        "constructor " + constructorId("int[]"),
                        "constructor " + constructorId("java.lang.String"),
                        "constructed 1",
                        "exit 1",
                        "constructed 0",
                        "exit 0");
    }

    @Test
    void shouldTellThatAConstructorThrew() throws Exception {
        Class<?> c = woven(Samples.Constructors.class);
        IllegalStateException mine = new IllegalStateException("mine");
        assertThatThrownBy(() -> construct(c, new Class<?>[] {RuntimeException.class}, mine))
                .cause()
                .isSameAs(mine);
        assertThat(loader.takeLog())
                .endsWith("constructed 0", "exit 0 IllegalStateException")
                .hasSize(3);
    }

    /** No handler may cover that call: the recorder finds out by itself. */
    @Test
    void shouldSeeNoExitWhereSuperThrew() throws Exception {
        Class<?> c = woven(Samples.Constructors.class);
        assertThatThrownBy(() -> construct(c, new Class<?>[] {String.class}, "refuse"))
                .cause()
                .hasMessage("refused");
        assertThat(loader.takeLog()).containsExactly("constructor " + constructorId("java.lang.String"));
    }

    @Test
    void shouldTellThatAnArgumentOfSuperThrew() throws Exception {
        Class<?> c = woven(Samples.Constructors.class);
        assertThatThrownBy(() -> construct(c, new Class<?>[] {double.class, Object.class}, 1.0, "refuse"))
                .cause()
                .hasMessage("refused");
        assertThat(loader.takeLog()).hasSize(2).last().isEqualTo("exit 0 IllegalArgumentException");
    }

    @Test
    void shouldTellTheTableAboutConstructors() throws Exception {
        woven(Samples.Constructors.class);
        assertThat(table.size()).isEqualTo(6);
    }

    /** A class with marked methods m0, m1, … of so many bytes of code each. */
    private static byte[] sized(String name, int... lengths) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        for (int i = 0; i < lengths.length; i++) {
            MethodVisitor m = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "m" + i, "()V", null, null);
            m.visitAnnotation(MARK, true).visitEnd();
            m.visitCode();
            for (int at = 0; at < lengths[i] - 1; at++) {
                m.visitInsn(Opcodes.NOP);
            }
            m.visitInsn(Opcodes.RETURN);
            m.visitMaxs(0, 0);
            m.visitEnd();
        }
        return writer.toByteArray();
    }

    @Test
    void shouldLeaveOutMethodsThatWouldBecomeTooHugeToCompile() throws Exception {
        byte[] classFile = sized("Sized", 100, 7_999, 7_900);
        byte[] woven = Objects.requireNonNull(weave("Sized", classFile));
        CodeSizes sizes = new CodeSizes(woven);

        assertThat(health.total(Trouble.METHODS_TOO_HUGE)).isEqualTo(1);
        assertThat(sizes.length(new MeasuredMethod("m0", "()V", ""))).isBetween(101, 200);
        assertThat(sizes.length(new MeasuredMethod("m1", "()V", ""))).isEqualTo(7_999);
        assertThat(sizes.length(new MeasuredMethod("m2", "()V", "")))
                .isBetween(7_901, ProbeWeaver.HUGE_METHOD_BYTES - 1);
        Class<?> c = loader.put("Sized", woven).loadClass("Sized");
        c.getMethod("m1").invoke(null);
        assertThat(loader.takeLog()).isEmpty();
        c.getMethod("m2").invoke(null);
        assertThat(loader.takeLog()).hasSize(2);
    }

    @Test
    void shouldLeaveAClassAsItIsWhereNothingIsLeftToMeasure() {
        assertThat(weave("Sized", sized("Sized", 8_100))).isNull();
        assertThat(health.total(Trouble.METHODS_TOO_HUGE)).isEqualTo(1);
    }

    @Test
    void shouldLeaveOutAndCountWhatTheTableHasNoRoomFor() throws Exception {
        MethodTable small = new MethodTable(1, health.health());
        byte[] classFile = sized("Sized", 10, 20, 30);
        byte[] woven = Objects.requireNonNull(
                new ProbeWeaver(small, health.health()).weave("Sized", classFile, MeasuredScan.of(classFile)));

        assertThat(health.total(Trouble.METHODS_TOO_MANY)).as("each once").isEqualTo(2);
        Class<?> c = loader.put("Sized", woven).loadClass("Sized");
        c.getMethod("m0").invoke(null);
        c.getMethod("m2").invoke(null);
        assertThat(loader.takeLog()).containsExactly("enter 0", "exit 0");
    }

    @Test
    void shouldCountEachMethodOnceHoweverOftenTheClassIsWoven() {
        MethodTable small = new MethodTable(1, health.health());
        byte[] classFile = sized("Sized", 7_999, 20);
        assertThat(new ProbeWeaver(small, health.health()).weave("Sized", classFile, MeasuredScan.of(classFile)))
                .isNull();
        assertThat(health.total(Trouble.METHODS_TOO_HUGE)).isEqualTo(1);
        assertThat(health.total(Trouble.METHODS_TOO_MANY)).isEqualTo(1);
    }

    /** Two calls of super(…), one on each branch: the verifier allows it, javac never writes it. */
    @Test
    void shouldLeaveOutAConstructorWithTwoCallsOfSuper() throws Exception {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Twice", null, "java/lang/Object", null);
        MethodVisitor m = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "(I)V", null, null);
        m.visitAnnotation(MARK, true).visitEnd();
        m.visitCode();
        Label other = new Label();
        m.visitVarInsn(Opcodes.ILOAD, 1);
        m.visitJumpInsn(Opcodes.IFEQ, other);
        for (int branch = 0; branch < 2; branch++) {
            m.visitVarInsn(Opcodes.ALOAD, 0);
            m.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            m.visitInsn(Opcodes.RETURN);
            if (branch == 0) {
                m.visitLabel(other);
            }
        }
        m.visitMaxs(0, 0);
        m.visitEnd();
        byte[] classFile = writer.toByteArray();
        loader.put("Twice", classFile)
                .loadClass("Twice")
                .getConstructor(int.class)
                .newInstance(1); // it is valid

        assertThat(weave("Twice", classFile)).isNull();
        assertThat(health.total(Trouble.METHODS_LEFT_OUT)).isEqualTo(1);
    }
}
