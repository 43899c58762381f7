package io.vperf.cli;

import io.vperf.NativeCode;
import io.vperf.config.ConfigReader;
import io.vperf.config.Parsed;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.timeref.TimeServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code timeserver}: tells agents elsewhere the time, for their option {@code timeref}. */
@Command(
        name = "timeserver",
        mixinStandardHelpOptions = true,
        description = {
            "Answers UDP packets with this machine's clock, until it is ended (Ctrl-C).",
            "For agents elsewhere that are started with timeref=HOST:PORT. It tells anybody who can send it a packet how"
                    + " long this machine has been up, and nothing else."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:ended by a signal", "1:the address or port cannot be had", "2:wrong usage"})
final class TimeServerCommand implements Callable<Integer> {

    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "UDP port; 0: any that is free. Default: ${DEFAULT-VALUE}",
            defaultValue = "" + TimeServer.DEFAULT_PORT)
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDR",
            description =
                    "address of this machine to answer on; 0.0.0.0 or :: for all. Default: ${DEFAULT-VALUE}, which only"
                            + " this machine reaches",
            defaultValue = "127.0.0.1")
    private String bind = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Specs.of(spec);
        InetSocketAddress address = address(command);
        PrintWriter err = command.commandLine().getErr();
        try (TimeServer server = TimeServer.open(address, natives())) {
            return serve(server, command.commandLine().getOut());
        } catch (IOException e) {
            err.println("vperf: cannot answer on " + bind + ", UDP port " + port + ": " + e.getMessage()
                    + "; choose another port with --port, or an address of this machine with --bind");
            err.flush();
            return 1;
        }
    }

    private InetSocketAddress address(CommandSpec command) {
        if (port < 0 || port > MOST_PORT) {
            throw new ParameterException(
                    command.commandLine(), "Invalid value for option '--port': " + port + " is not within 0 and 65535");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(bind), port);
        } catch (UnknownHostException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid value for option '--bind': '" + bind + "' is neither an address nor a known name");
        }
    }

    private static Capability<Natives> natives() {
        Parsed parsed = ConfigReader.ofThisProcess().read("");
        return parsed instanceof Parsed.Ok ok
                ? NativeCode.load(ok.options())
                : Capability.unavailable("the options of this process are wrong", "");
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** The usual end is a signal: then a hook of the JVM's tells the counts and ends it, with status 0 instead of 130 or 143. */
    private static int serve(TimeServer server, PrintWriter out) throws IOException {
        Thread atSignal = new Thread(
                () -> {
                    out.println("vperf timeserver: ended; " + server.answered() + " requests answered, "
                            + server.dropped() + " other packets dropped");
                    out.flush();
                    Runtime.getRuntime().halt(0);
                },
                "vperf-timeserver-end");
        Runtime.getRuntime().addShutdownHook(atSignal);
        out.println("vperf timeserver: answers on " + text(server.address()) + " (UDP) with " + server.clockName()
                + "; Ctrl-C ends it");
        out.flush();
        try {
            server.run();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(atSignal);
            } catch (IllegalStateException e) {
                // it is running
            }
        }
        return 0;
    }
}
