package io.vperf.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class MarkSearchTest {

    private static final String OTHER_OF_SAME_LENGTH = "Mio/vperf/annotations/Measured;";

    @Test
    void shouldFindTheClassesThatHoldTheAnnotationsName() {
        assertThat(MarkSearch.finds(ClassBytes.of(Samples.Methods.class))).isTrue();
        assertThat(MarkSearch.finds(ClassBytes.of(Samples.Base.class))).isFalse();
    }

    @Test
    void shouldFindTheClassesThatHaveAnyAnnotations() {
        assertThat(MarkSearch.findsAnnotations(ClassBytes.of(Samples.Methods.class)))
                .isTrue();
        assertThat(MarkSearch.findsAnnotations(ClassBytes.of(Samples.Base.class)))
                .isFalse();
    }

    /** Every kind of entry comes before the name: a wrong step would miss it. */
    @Test
    void shouldStepOverEveryKindOfConstant() {
        ClassWriter pool = everyKind();
        assertThat(MarkSearch.finds(pool.toByteArray())).isFalse();
        pool.newUTF8(MarkSearch.ANNOTATION);
        assertThat(MarkSearch.finds(pool.toByteArray())).isTrue();
    }

    private static ClassWriter everyKind() {
        ClassWriter pool = new ClassWriter(0);
        pool.visit(Opcodes.V17, 0, "a/B", null, "java/lang/Object", null);
        Handle handle = new Handle(Opcodes.H_INVOKESTATIC, "a/C", "m", "()V", false);
        pool.newConst(1);
        pool.newConst(1f);
        pool.newConst(1L);
        pool.newConst(1.0);
        pool.newConst("text");
        pool.newUTF8(OTHER_OF_SAME_LENGTH);
        pool.newUTF8("\u00e9\u20ac");
        pool.newField("a/C", "f", "I");
        pool.newMethod("a/C", "m", "()V", false);
        pool.newMethod("a/I", "m", "()V", true);
        pool.newMethodType("()V");
        pool.newHandle(handle.getTag(), handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface());
        pool.newConstantDynamic("d", "I", handle);
        pool.newInvokeDynamic("i", "()V", handle);
        pool.newModule("a.module");
        pool.newPackage("a/p");
        return pool;
    }

    @Test
    void shouldTakeNoCutOrForeignFileForAClass() {
        assertThat(MarkSearch.finds(new byte[0])).isFalse();
        assertThat(MarkSearch.finds(MarkSearch.ANNOTATION.getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        byte[] whole = ClassBytes.of(Samples.Base.class);
        for (int length = 0; length < whole.length; length++) {
            assertThat(MarkSearch.finds(Arrays.copyOf(whole, length))).isFalse();
        }
    }

    @Test
    void shouldReadTheClassFilesOfThisJdk() {
        byte[] file = Objects.requireNonNull(ClassBytes.find(null, MethodHandles.class.getName()));
        assertThat(MarkSearch.finds(file)).isFalse();
    }
}
