package io.vperf.it.isolation.apps;

import com.kenai.jffi.CallContext;
import io.vperf.annotations.Measured;
import jnr.ffi.LibraryLoader;

/** Calls C with a JNR-FFI of its own, before and after vperf has loaded the one inside it; argument: calls. */
public final class OwnJnr {

    /** Public: JNR-FFI implements it in another package. */
    public interface C {
        int abs(int i);

        int toupper(int c);
    }

    /** Loaded after the first use of JNR-FFI, and with it vperf's native half. */
    static final class Work {
        private Work() {}

        @Measured
        static int work(int i) {
            return i * 31;
        }
    }

    private OwnJnr() {}

    public static void main(String[] args) {
        String before = property();
        use("before");
        int sum = 0;
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            sum += Work.work(i);
        }
        System.out.println("sum=" + sum);
        use("after");
        System.out.println("jffi.boot.library.path was " + before + " and is " + property());
        System.out.println("context class loader is the system's: "
                + (Thread.currentThread().getContextClassLoader() == ClassLoader.getSystemClassLoader()));
    }

    private static String property() {
        return String.valueOf(System.getProperty("jffi.boot.library.path"));
    }

    private static void use(String when) {
        try {
            C c = LibraryLoader.create(C.class).failImmediately().load("libc.so.6");
            System.out.println(when + ": abs(-5)=" + c.abs(-5) + " toupper(a)=" + (char) c.toupper('a'));
            System.out.println("jffi "
                    + CallContext.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath());
        } catch (Throwable t) {
            System.out.println(when + ": " + t.getClass().getName());
        }
    }
}
