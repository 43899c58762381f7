package io.vperf.it.apps;

import com.sun.tools.attach.VirtualMachine;

/** Loads an agent into a running JVM. Arguments: its process id, the agent's jar, the agent's options. */
public final class Attach {

    private Attach() {}

    public static void main(String[] args) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(args[0]);
        try {
            machine.loadAgent(args[1], args[2]);
        } finally {
            machine.detach();
        }
    }
}
