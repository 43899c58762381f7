package io.vperf.launcher;

/** {@code java -jar vperf.jar …}: hands the command line to the core. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        JdkDoors doors = JdkDoors.open();
        Core core = Core.openAlone(OwnJar.path(), doors);
        doors.letIn(core.module());
        Object status = core.call("io.vperf.cli.Cli", "run", new Class<?>[] {String[].class}, (Object) arguments);
        System.exit((Integer) status);
    }
}
