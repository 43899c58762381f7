package io.vperf.it.isolation.apps;

import com.google.gson.Gson;
import io.vperf.annotations.Measured;
import java.io.StringReader;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.HdrHistogram.Histogram;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import picocli.CommandLine;

/** Uses libraries that vperf has inside it as well, in versions of its own, each from a measured method. */
public final class OwnLibraries {

    static final class Command implements Runnable {
        @CommandLine.Option(names = "--times")
        int times;

        @Override
        public void run() {
            System.out.println("picocli parsed " + times);
        }
    }

    private OwnLibraries() {}

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < 3; i++) {
            System.out.println("byte-buddy made " + byteBuddy(i));
            System.out.println("histogram says " + histogram(i));
            System.out.println("gson read " + gson("{\"i\":" + i + "}"));
            System.out.println("asm read " + asm());
            System.out.println("picocli exit " + new CommandLine(new Command()).execute("--times", "" + i));
        }
        for (Class<?> c :
                new Class<?>[] {ByteBuddy.class, Histogram.class, Gson.class, Opcodes.class, CommandLine.class}) {
            System.out.println(c.getName() + " from "
                    + c.getProtectionDomain().getCodeSource().getLocation().getPath());
        }
    }

    @Measured
    static String byteBuddy(int i) throws Exception {
        return new ByteBuddy(ClassFileVersion.JAVA_V8)
                .subclass(Object.class)
                .method(ElementMatchers.named("toString"))
                .intercept(FixedValue.value("class " + i))
                .make()
                .load(OwnLibraries.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded()
                .getDeclaredConstructor()
                .newInstance()
                .toString();
    }

    @Measured
    static long histogram(int i) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(1000, i + 1);
        return histogram.getTotalCount();
    }

    @Measured
    static Object gson(String text) {
        return new Gson().fromJson(new StringReader(text), Map.class);
    }

    @Measured
    static String asm() throws Exception {
        try (var in = OwnLibraries.class.getResourceAsStream("OwnLibraries.class")) {
            return new ClassReader(in).getClassName();
        }
    }
}
