package io.vperf.it.apps;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Makes an object with each constructor of the classes of a jar and calls each method of theirs once, with nothing for arguments.
 * What they throw is of no account. Arguments: the jar, which is on the class path; anything more: wait for the file {@code go}
 * between the two.
 */
public final class CallAll {

    private CallAll() {}

    public static void main(String[] args) throws Exception {
        List<Class<?>> classes = new ArrayList<>();
        try (JarFile jar = new JarFile(args[0])) {
            for (var entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class")) {
                    String name = entry.getName().replace('/', '.').replaceAll("\\.class$", "");
                    classes.add(Class.forName(name));
                }
            }
        }
        if (args.length > 1) {
            System.out.println("ready");
            while (!Files.exists(Path.of("go"))) {
                Thread.sleep(20);
            }
        }
        List<Object> objects = new ArrayList<>();
        for (Class<?> c : classes) {
            if (c.isEnum()) {
                objects.addAll(List.of(c.getEnumConstants()));
            } else if (!Modifier.isAbstract(c.getModifiers())) {
                for (Constructor<?> constructor : c.getDeclaredConstructors()) {
                    constructor.setAccessible(true);
                    objects.add(constructor.newInstance(arguments(constructor)));
                }
            }
        }
        for (Class<?> c : classes) {
            for (Method method : c.getDeclaredMethods()) {
                Object target =
                        objects.stream().filter(c::isInstance).findFirst().orElse(null);
                if (!Modifier.isAbstract(method.getModifiers())
                        && (target != null || Modifier.isStatic(method.getModifiers()))) {
                    call(method, target);
                }
            }
        }
        System.out.println("done");
    }

    private static void call(Method method, @Nullable Object target) throws IllegalAccessException {
        method.setAccessible(true);
        try {
            method.invoke(target, arguments(method));
        } catch (InvocationTargetException e) {
            return;
        }
    }

    private static @Nullable Object[] arguments(Executable of) {
        @Nullable Object[] arguments = new @Nullable Object[of.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = of.getParameterTypes()[i];
            arguments[i] = type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
        }
        return arguments;
    }
}
