package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** How it runs and ends is shown by integration-tests/jvm. */
class TimeServerCommandTest {

    @Test
    void shouldNameTheRemedyForAPortInUse() throws Exception {
        try (DatagramSocket taken =
                new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0))) {
            CliRun run = CliRun.of("timeserver", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith("vperf: cannot answer on 127.0.0.1, UDP port " + taken.getLocalPort() + ": ")
                    .contains("choose another port with --port, or an address of this machine with --bind");
        }
    }

    @Test
    void shouldNameTheRemedyForAnAddressOfAnotherMachine() {
        CliRun run = CliRun.of("timeserver", "--port", "0", "--bind", "192.0.2.1"); // for documents only (RFC 5737)

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("vperf: cannot answer on 192.0.2.1, UDP port 0: ")
                .contains("--bind");
    }

    @Test
    void shouldRefuseWrongUsage() {
        for (String wrong :
                new String[] {"--port 65536", "--port -1", "--port x", "--bind no-such-host.invalid", "here"}) {
            CliRun run = CliRun.of(("timeserver " + wrong).split(" "));
            assertThat(run.status()).as(wrong).isEqualTo(2);
            assertThat(run.err()).as(wrong).startsWith("vperf: ");
            assertThat(run.err().lines()).as(wrong).hasSize(2);
        }
    }

    @Test
    void shouldTellItsDefaults() {
        assertThat(CliRun.of("timeserver", "--help").out()).contains("18787", "127.0.0.1", "--bind", "Ctrl-C");
    }
}
