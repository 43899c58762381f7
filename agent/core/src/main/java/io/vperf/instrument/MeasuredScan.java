package io.vperf.instrument;

import io.vperf.record.ReportedName;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Finds the marked methods of a class in its bytes. The annotation is known by its name alone: its class need not exist in
 * the application, and is never loaded.
 */
final class MeasuredScan extends ClassVisitor {

    private static final int WITHOUT_CODE = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;
    private static final int NEVER = WITHOUT_CODE | Opcodes.ACC_BRIDGE | Opcodes.ACC_SYNTHETIC;

    private final List<Candidate> candidates = new ArrayList<>();
    private String className = "";
    private boolean generated;
    private boolean typeMarked;
    private String typeName = "";
    private boolean typeToCompletion;

    private MeasuredScan() {
        super(Opcodes.ASM9);
    }

    /** The methods to measure, in the order of the class file. */
    static List<MeasuredMethod> of(byte[] classFile) {
        return read(classFile).methods();
    }

    static MeasuredScan read(byte[] classFile) {
        MeasuredScan scan = new MeasuredScan();
        new ClassReader(classFile).accept(scan, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
        return scan;
    }

    /** As {@link #of}. */
    List<MeasuredMethod> methods() {
        List<MeasuredMethod> methods = new ArrayList<>();
        if (generated) {
            return methods;
        }
        for (Candidate c : candidates) {
            if (isMeant(c) && !SuspendFunctions.isOne(c.descriptor)) {
                methods.add(new MeasuredMethod(c.name, c.descriptor, reportedName(c), ending(c)));
            }
        }
        return methods;
    }

    private boolean isMeant(Candidate c) {
        boolean byType = typeMarked && (c.access & Opcodes.ACC_PRIVATE) == 0 && !c.name.startsWith("<");
        return (c.access & NEVER) == 0 && (c.marked || byType);
    }

    private Ending ending(Candidate c) {
        if (c.marked) {
            return c.toCompletion ? Ending.marked(c.name, c.descriptor) : Ending.RETURN;
        }
        return typeToCompletion ? Ending.markedByType(c.descriptor) : Ending.RETURN;
    }

    /** Marked suspend functions of Kotlin, which are not measured. */
    List<String> suspended() {
        return inVain(true);
    }

    /** Methods that are measured up to their return, although they are marked until = COMPLETION. */
    List<String> notCompleting() {
        return inVain(false);
    }

    private List<String> inVain(boolean suspending) {
        List<String> names = new ArrayList<>();
        for (Candidate c : candidates) {
            if (generated || !isMeant(c) || SuspendFunctions.isOne(c.descriptor) != suspending) {
                continue;
            }
            if (suspending || (c.toCompletion && ending(c) == Ending.RETURN)) {
                names.add(MeasuredMethod.qualified(className, c.name, c.descriptor));
            }
        }
        return names;
    }

    /** The marked methods that have no code; the type, if it is marked itself and declares no others. */
    List<String> withoutCode() {
        List<String> names = new ArrayList<>();
        if (generated) {
            return names;
        }
        boolean any = false;
        for (Candidate c : candidates) {
            if ((c.access & WITHOUT_CODE) != 0 && (c.access & Opcodes.ACC_SYNTHETIC) == 0) {
                any = true;
                if (c.marked) {
                    names.add(MeasuredMethod.qualified(className, c.name, c.descriptor));
                }
            }
        }
        if (typeMarked && any && methods().isEmpty()) {
            names.add(className);
        }
        return names;
    }

    private String reportedName(Candidate c) {
        if (!c.reportAs.isEmpty()) {
            return c.reportAs;
        }
        return MeasuredMethod.qualified(typeName.isEmpty() ? className : typeName, c.name, c.descriptor);
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        className = name.replace('/', '.');
        generated = (access & Opcodes.ACC_SYNTHETIC) != 0 || isGeneratedSubclass(name, superName);
    }

    /**
     * Whether a library made this class at run time to stand before its superclass. Some copy annotations; a call would
     * count twice, once in the proxy and once in the method itself. They are named after what they extend: CGLIB
     * {@code X$$EnhancerBy…}, Spring {@code X$$SpringCGLIB$$}, Javassist {@code X_$$_jvst}, Weld {@code X$Proxy$_$$_},
     * Byte Buddy {@code X$ByteBuddy$}, Hibernate {@code X$HibernateProxy$}, Mockito {@code X$MockitoMock$}. Scala's anonymous classes,
     * {@code X$$anon$1}, are somebody's own code.
     */
    static boolean isGeneratedSubclass(String name, @Nullable String superName) {
        if (superName == null || !name.startsWith(superName)) {
            return false;
        }
        String tail = name.substring(superName.length());
        return (tail.startsWith("$$") && !tail.startsWith("$$anon"))
                || tail.contains("_$$_")
                || tail.startsWith("$ByteBuddy$")
                || tail.startsWith("$HibernateProxy$")
                || tail.startsWith("$MockitoMock$");
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        if (!descriptor.equals(MarkSearch.ANNOTATION)) {
            return null;
        }
        typeMarked = true;
        return new ValueReader() {
            @Override
            void name(String value) {
                typeName = value;
            }

            @Override
            void toCompletion() {
                typeToCompletion = true;
            }
        };
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        Candidate candidate = new Candidate(access, name, descriptor);
        candidates.add(candidate);
        return candidate;
    }

    private static final class Candidate extends MethodVisitor {

        final int access;
        final String name;
        final String descriptor;
        boolean marked;
        String reportAs = "";
        boolean toCompletion;

        Candidate(int access, String name, String descriptor) {
            super(Opcodes.ASM9);
            this.access = access;
            this.name = name;
            this.descriptor = descriptor;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
            if (!annotation.equals(MarkSearch.ANNOTATION)) {
                return null;
            }
            marked = true;
            return new ValueReader() {
                @Override
                void name(String value) {
                    reportAs = value;
                }

                @Override
                void toCompletion() {
                    toCompletion = true;
                }
            };
        }
    }

    /** Reads the annotation's values. */
    private abstract static class ValueReader extends AnnotationVisitor {

        ValueReader() {
            super(Opcodes.ASM9);
        }

        abstract void name(String value);

        abstract void toCompletion();

        @Override
        public void visit(String element, Object value) {
            if (element.equals("value") && value instanceof String text) {
                name(ReportedName.oneLine(text));
            }
        }

        @Override
        public void visitEnum(String element, String descriptor, String value) {
            if (element.equals("until") && value.equals("COMPLETION")) {
                toCompletion();
            }
        }
    }
}
