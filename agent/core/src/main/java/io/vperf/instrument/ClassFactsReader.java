package io.vperf.instrument;

import io.vperf.select.ClassFacts;
import io.vperf.select.MethodFacts;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Reads what patterns ask of a class from its bytes. */
final class ClassFactsReader extends ClassVisitor {

    private String name = "";
    private @Nullable String superName;
    private List<String> interfaces = List.of();
    private ClassFacts.Kind kind = ClassFacts.Kind.OTHER;
    private final List<String> annotations = new ArrayList<>();
    private final List<MethodFacts> methods = new ArrayList<>();

    private ClassFactsReader() {
        super(Opcodes.ASM9);
    }

    static ClassFacts read(byte[] classFile) {
        ClassFactsReader reader = new ClassFactsReader();
        new ClassReader(classFile)
                .accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        return new ClassFacts(
                reader.name, reader.superName, reader.interfaces, reader.annotations, reader.methods, reader.kind);
    }

    /** Names alone: the class's own and its direct supertypes'. */
    static ClassFacts head(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassFactsReader head = new ClassFactsReader();
        head.visit(0, reader.getAccess(), reader.getClassName(), null, reader.getSuperName(), reader.getInterfaces());
        return new ClassFacts(head.name, head.superName, head.interfaces, List.of(), List.of(), head.kind);
    }

    @Override
    public void visit(
            int version,
            int access,
            String internalName,
            @Nullable String signature,
            @Nullable String internalSuperName,
            String @Nullable [] internalInterfaces) {
        name = internalName.replace('/', '.');
        superName = internalSuperName == null ? null : internalSuperName.replace('/', '.');
        if (internalInterfaces != null && internalInterfaces.length > 0) {
            interfaces = new ArrayList<>();
            for (String one : internalInterfaces) {
                interfaces.add(one.replace('/', '.'));
            }
        }
        if ((access & Opcodes.ACC_SYNTHETIC) != 0
                || MeasuredScan.isGeneratedSubclass(internalName, internalSuperName)
                || "java/lang/reflect/Proxy".equals(internalSuperName)) {
            kind = ClassFacts.Kind.GENERATED;
        } else if ((access & Opcodes.ACC_ENUM) != 0) {
            kind = ClassFacts.Kind.ENUM;
        }
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return new Names(annotations, descriptor);
    }

    @Override
    public MethodVisitor visitMethod(
            int access,
            String methodName,
            String descriptor,
            @Nullable String signature,
            String @Nullable [] exceptions) {
        List<String> ofMethod = new ArrayList<>();
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                return new Names(ofMethod, annotation);
            }

            @Override
            public void visitEnd() {
                methods.add(new MethodFacts(access, methodName, descriptor, ofMethod));
            }
        };
    }

    /** Adds an annotation's name, and the names of those that it contains as its value: repeated ones are stored so. */
    private static final class Names extends AnnotationVisitor {

        private final List<String> names;

        Names(List<String> names, String descriptor) {
            super(Opcodes.ASM9);
            this.names = names;
            names.add(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
        }

        @Override
        public @Nullable AnnotationVisitor visitArray(String element) {
            if (!"value".equals(element)) {
                return null;
            }
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public AnnotationVisitor visitAnnotation(@Nullable String none, String descriptor) {
                    return new Names(names, descriptor);
                }
            };
        }
    }
}
