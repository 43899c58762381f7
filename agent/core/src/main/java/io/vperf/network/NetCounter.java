package io.vperf.network;

/**
 * The columns of {@code /proc/net/dev}, in their order ({@code dev_seq_printf_stats}, net/core/net-procfs.c), under the names that
 * PAPI's net component gives them.
 */
enum NetCounter {
    RX_BYTES("rx.bytes"),
    RX_PACKETS("rx.packets"),
    RX_ERRORS("rx.errors"),
    RX_DROPPED("rx.dropped"),
    RX_FIFO("rx.fifo"),
    RX_FRAME("rx.frame"),
    RX_COMPRESSED("rx.compressed"),
    RX_MULTICAST("rx.multicast"),
    TX_BYTES("tx.bytes"),
    TX_PACKETS("tx.packets"),
    TX_ERRORS("tx.errors"),
    TX_DROPPED("tx.dropped"),
    TX_FIFO("tx.fifo"),
    TX_COLLS("tx.colls"),
    TX_CARRIER("tx.carrier"),
    TX_COMPRESSED("tx.compressed");

    /** The name in dumps; part of the file format. */
    final String key;

    NetCounter(String key) {
        this.key = key;
    }
}
