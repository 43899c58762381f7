package io.vperf.pauses;

import io.vperf.shim.Capability;
import io.vperf.shim.MemoryFile;
import io.vperf.shim.Natives;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The JVM's own log of its safepoints, which the JVM writes into memory for vperf and vperf alone: a line each, when it is over.
 * Other outputs of the log, on the command line or by {@code jcmd VM.log}, stay as they are; {@code VM.log list}
 * shows this one beside them, and {@code VM.log disable} ends it like all others.
 *
 * <p>A line costs the VM thread some microseconds, after the application's threads were let go. It has to be closed when nobody
 * reads any more: each safepoint leaves some 200 bytes that nobody gives back otherwise.
 */
final class SafepointLog implements PauseLog {

    private final DiagnosticCommands commands;
    private final MemoryFile file;
    private final Lines lines = new Lines();
    private final SafepointLine line = new SafepointLine();
    private final PauseEnds ends = new PauseEnds();
    private boolean strange;
    private boolean taken;

    private SafepointLog(DiagnosticCommands commands, MemoryFile file) {
        this.commands = commands;
        this.file = file;
    }

    /** Has the JVM begin. Takes some 10 ms. */
    static Capability<SafepointLog> open(DiagnosticCommands commands, Natives natives) {
        return MemoryFile.create(natives, "vperf-safepoints").then(file -> {
            Capability<SafepointLog> begun = commands.run(command(file, "safepoint=info"))
                    .then(answer -> answer.isEmpty()
                            ? Capability.available(new SafepointLog(commands, file))
                            : Capability.unavailable("the JVM's log: " + answer.replaceAll("\\s+", " "), ""));
            if (begun instanceof Capability.Unavailable) {
                file.close();
            }
            return begun;
        });
    }

    /** Without rotation, which would rename the file; said at the end, too, as the JVM begins anew where it was ended by somebody else. */
    private static String command(MemoryFile file, String what) {
        return "VM.log output=" + file.path() + " what=" + what + " decorators=timenanos output_options=filecount=0";
    }

    @Override
    public void read(Consumer<Pause> taker) throws IOException {
        for (ByteBuffer part = file.next(); part.hasRemaining(); part = file.next()) {
            lines.add(part, (bytes, length) -> take(bytes, length, taker));
        }
        if (strange && !taken) {
            throw new IOException("this JVM writes its safepoint log in a way that is not known");
        }
    }

    private void take(byte[] bytes, int length, Consumer<Pause> taker) {
        if (!line.read(bytes, length)) {
            strange = true;
            return;
        }
        taken = true;
        long endNs = ends.endNs(line.loggedNs(), line.sinceLastNs(), line.totalNs());
        long beginNs = endNs - line.totalNs();
        taker.accept(new Pause(
                beginNs, beginNs + line.reachingNs(), endNs - line.leavingNs(), endNs, line.kind(), line.operation()));
    }

    @Override
    public void close() {
        Capability<String> ignored = commands.run(command(file, "all=off"));
        file.close();
    }
}
