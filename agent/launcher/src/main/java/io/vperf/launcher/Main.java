package io.vperf.launcher;

/** {@code java -jar vperf.jar …}: hands the command line to the core. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Object status = Core.open(OwnJar.path())
                .call("io.vperf.cli.Cli", "run", new Class<?>[] {String[].class}, (Object) arguments);
        System.exit((Integer) status);
    }
}
