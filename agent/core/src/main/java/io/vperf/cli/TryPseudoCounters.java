package io.vperf.cli;

import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.vmware.ChildTrial;
import io.vperf.vmware.PseudoCounters;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Not for people: an agent starts it to see whether a JVM survives reading VMware's pseudo counters. */
@Command(name = ChildTrial.COMMAND, hidden = true, description = "Reads VMware's pseudo counters, or dies of it.")
final class TryPseudoCounters implements Callable<Integer> {

    @Override
    public Integer call() {
        System.out.println(ChildTrial.BEGUN);
        System.out.flush();
        Capability<PseudoCounters> counters =
                Natives.load(Natives.defaultFolders()).then(PseudoCounters::of);
        if (counters instanceof Capability.Unavailable<PseudoCounters> not) {
            System.out.println(not.reason());
            return 1;
        }
        System.out.println(ChildTrial.PASSED);
        return 0;
    }
}
