package io.vperf.instrument;

import io.vperf.select.MethodFacts;
import io.vperf.select.Trivial;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a class that do next to nothing, accessors above all: HotSpot inlines them wherever they are called, they take a
 * few nanoseconds, and a probe takes more. They are short, and call, repeat, allocate and lock nothing. Their code is read when
 * the first is asked for.
 */
final class TrivialMethods implements Trivial {

    /** MaxInlineSize: longer methods are inlined only where they are hot. */
    private static final int MOST_BYTES = 35;

    private final byte[] classFile;
    private @Nullable Set<String> busy;
    private @Nullable CodeSizes sizes;

    TrivialMethods(byte[] classFile) {
        this.classFile = classFile;
    }

    @Override
    public boolean isTrivial(MethodFacts method) {
        Set<String> known = busy;
        CodeSizes lengths = sizes;
        if (known == null || lengths == null) {
            known = findBusy(classFile);
            lengths = new CodeSizes(classFile);
            busy = known;
            sizes = lengths;
        }
        String key = method.name().concat(method.descriptor());
        return !known.contains(key) && lengths.length(key) <= MOST_BYTES;
    }

    /** Name and descriptor of the methods that do something of these. */
    private static Set<String> findBusy(byte[] classFile) {
        Set<String> busy = new HashSet<>();
        ClassVisitor reading = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                String key = name.concat(descriptor);
                if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                    busy.add(key);
                }
                return new Work(key, busy);
            }
        };
        new ClassReader(classFile).accept(reading, ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        return busy;
    }

    /**
     * Whether a call is one of those that compilers put beside a field's access: boxes, and checks for null. They come to a
     * few instructions each.
     */
    private static boolean isOfAccessor(String owner, String name) {
        return switch (owner) {
            case "kotlin/jvm/internal/Intrinsics" -> true;
            case "java/util/Objects" -> name.equals("requireNonNull");
            case "java/lang/Boolean",
                    "java/lang/Byte",
                    "java/lang/Character",
                    "java/lang/Double",
                    "java/lang/Float",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Short" -> name.equals("valueOf") || name.endsWith("Value");
            default -> false;
        };
    }

    private static final class Work extends MethodVisitor {

        private final String key;
        private final Set<String> busy;

        /** The ones behind; by identity, as nothing else tells them apart. */
        private final IdentityHashMap<Label, Boolean> passed = new IdentityHashMap<>();

        Work(String key, Set<String> busy) {
            super(Opcodes.ASM9);
            this.key = key;
            this.busy = busy;
        }

        @Override
        public void visitLabel(Label label) {
            passed.put(label, true);
        }

        @Override
        public void visitJumpInsn(int opcode, Label target) {
            if (passed.containsKey(target)) {
                busy.add(key);
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            boolean parses = name.equals("valueOf") && descriptor.startsWith("(Ljava/lang/String;");
            if (parses || !isOfAccessor(owner, name)) {
                busy.add(key);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            busy.add(key);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY) {
                busy.add(key);
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY) {
                busy.add(key);
            }
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            busy.add(key);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER) {
                busy.add(key);
            }
        }
    }
}
