package io.vperf.it.apps;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Runs vperf's own command lines one after the other, as {@code java -jar vperf.jar} would each in a JVM of its own, which takes a
 * second: arguments on stdin, a line each, with spaces between them. Prints {@code status=N} after each. Argument: vperf.jar, which is
 * on the class path, too.
 */
public final class CommandLines {

    private CommandLines() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("java.class.path", args[0]); // as it would be
        Class<?> doorsType = Class.forName("io.vperf.launcher.JdkDoors");
        Method open = doorsType.getDeclaredMethod("open");
        open.setAccessible(true);
        Object doors = open.invoke(null);
        Class<?> coreType = Class.forName("io.vperf.launcher.Core");
        Method openCore = coreType.getDeclaredMethod("openAlone", Path.class, doorsType);
        openCore.setAccessible(true);
        Object core = openCore.invoke(null, Path.of(args[0]), doors);
        Method call = coreType.getDeclaredMethod("call", String.class, String.class, Class[].class, Object[].class);
        call.setAccessible(true);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Object status = call.invoke(
                    core, "io.vperf.cli.Cli", "run", new Class<?>[] {String[].class}, new Object[] {line.split(" ", -1)
                    });
            System.out.println("status=" + status);
        }
    }
}
