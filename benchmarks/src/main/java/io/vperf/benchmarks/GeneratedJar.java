package io.vperf.benchmarks;

import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;

import io.vperf.annotations.Measured;
import io.vperf.benchmarks.apps.Calls;
import io.vperf.benchmarks.apps.EmptyAgent;
import io.vperf.benchmarks.apps.ManyClasses;
import io.vperf.benchmarks.apps.ManyMethods;
import io.vperf.benchmarks.apps.Spin;
import io.vperf.benchmarks.apps.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/** Writes classes for applications that need many. */
final class GeneratedJar {

    /** Methods of a class of {@link ManyClasses} beside its step: with them it is some 2 kB long. */
    private static final int OTHER_METHODS = 12;

    private static final Method CONSTRUCTOR = Method.getMethod("void <init> ()");
    private static final Type OBJECT = Type.getType(Object.class);

    private GeneratedJar() {}

    /** Classes for {@link ManyClasses}; in {@code measured} of them, evenly spread, the step is measured. */
    static Path classes(Path file, int classes, int measured) {
        return write(file, jar -> {
            for (int i = 0; i < classes; i++) {
                add(jar, ManyClasses.PREFIX + i, step(ManyClasses.PREFIX + i, i % (classes / measured) == 0));
            }
        });
    }

    /** Classes for {@link ManyMethods}. */
    static Path methods(Path file, int classes, int methods) {
        return write(file, jar -> {
            for (int i = 0; i < classes; i++) {
                add(jar, ManyMethods.PREFIX + i, calls(ManyMethods.PREFIX + i, methods));
            }
        });
    }

    /** An agent that does nothing: what the JVM itself takes for having one. */
    static Path agent(Path file) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", EmptyAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        return write(file, jar -> {
            jar.putNextEntry(new JarEntry(JarFile.MANIFEST_NAME));
            manifest.write(jar);
            jar.closeEntry();
            String name = EmptyAgent.class.getName();
            try (InputStream type = EmptyAgent.class.getResourceAsStream("EmptyAgent.class")) {
                add(jar, name, type.readAllBytes());
            }
        });
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(JarOutputStream jar) throws IOException;
    }

    private static Path write(Path file, Content content) {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            content.writeTo(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static void add(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(name.replace('.', '/') + ".class"));
        jar.write(bytes);
        jar.closeEntry();
    }

    private static ClassWriter begin(String name, Class<?> implemented) {
        ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        String[] interfaces = {Type.getInternalName(implemented)};
        type.visit(
                Opcodes.V17,
                ACC_PUBLIC | ACC_SUPER,
                name.replace('.', '/'),
                null,
                OBJECT.getInternalName(),
                interfaces);
        GeneratorAdapter code = method(type, ACC_PUBLIC, CONSTRUCTOR, false);
        code.loadThis();
        code.invokeConstructor(OBJECT, CONSTRUCTOR);
        end(code);
        return type;
    }

    private static GeneratorAdapter method(ClassWriter type, int access, Method method, boolean measured) {
        MethodVisitor visitor = type.visitMethod(access, method.getName(), method.getDescriptor(), null, null);
        if (measured) {
            visitor.visitAnnotation(Type.getDescriptor(Measured.class), true).visitEnd();
        }
        GeneratorAdapter code = new GeneratorAdapter(visitor, access, method.getName(), method.getDescriptor());
        code.visitCode();
        return code;
    }

    private static void end(GeneratorAdapter code) {
        code.returnValue();
        code.endMethod();
    }

    private static byte[] step(String name, boolean measured) {
        ClassWriter type = begin(name, Step.class);
        Type self = Type.getObjectType(name.replace('.', '/'));
        GeneratorAdapter step = method(type, ACC_PUBLIC, Method.getMethod("int step (int)"), measured);
        step.loadArg(0);
        for (int i = 0; i < OTHER_METHODS; i++) {
            Method other = new Method("other" + i, "(I)I");
            step.invokeStatic(self, other);
            GeneratorAdapter code = method(type, ACC_PUBLIC | ACC_STATIC, other, false);
            code.loadArg(0);
            for (int j = 0; j < OTHER_METHODS; j++) {
                code.push(name.hashCode() ^ i * j);
                code.math(j % 2 == 0 ? GeneratorAdapter.MUL : GeneratorAdapter.XOR, Type.INT_TYPE);
            }
            end(code);
        }
        end(step);
        type.visitEnd();
        return type.toByteArray();
    }

    private static byte[] calls(String name, int methods) {
        ClassWriter type = begin(name, Calls.class);
        Type self = Type.getObjectType(name.replace('.', '/'));
        GeneratorAdapter all = method(type, ACC_PUBLIC, Method.getMethod("void callAll (long)"), false);
        for (int i = 0; i < methods; i++) {
            Method one = new Method("m" + i, "(J)V");
            all.loadArg(0);
            all.invokeStatic(self, one);
            GeneratorAdapter code = method(type, ACC_PUBLIC | ACC_STATIC, one, true);
            code.loadArg(0);
            code.invokeStatic(Type.getType(Spin.class), new Method("forNs", "(J)V"));
            end(code);
        }
        end(all);
        type.visitEnd();
        return type.toByteArray();
    }
}
