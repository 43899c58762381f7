package io.vperf.timeref;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What client and server send each other, 56 bytes either way, in network byte order. The answer is as long as the request,
 * so that nobody gains by sending requests in another's name.
 *
 * <pre>
 *  0  4 bytes   "VPTR"
 *  4  1 byte    version, 1
 *  5  1 byte    1 request, 2 answer
 *  6  1 byte    answer: 1 if the server's clock is never slewed (CLOCK_MONOTONIC_RAW); else 0
 *  7  1 byte    0
 *  8  8 bytes   random, by the client; echoed
 * 16  8 bytes   number of the request, by the client; echoed
 * 24  8 bytes   when the client sent it, nanoseconds of its clock; echoed
 * 32  8 bytes   answer: random, by the server at its start; else 0
 * 40  8 bytes   answer: when the request came, nanoseconds of the server's clock; else 0
 * 48  8 bytes   answer: when the answer was sent; else 0
 * </pre>
 */
final class Packet {

    static final int BYTES = 56;

    private static final int MAGIC = 0x56505452;
    private static final byte VERSION = 1;
    private static final byte REQUEST = 1;
    private static final byte ANSWER = 2;

    /** One that a client sends. */
    record Request(long nonce, long number, long sentNs) {}

    /**
     * What a server makes of it.
     *
     * @param request what it answers
     * @param raw whether the server's clock is never slewed
     * @param server random, another one after each start
     */
    record Answer(Request request, boolean raw, long server, long receivedNs, long sentNs) {}

    private Packet() {}

    static byte[] encode(Request request) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.BIG_ENDIAN);
        head(bytes, REQUEST, false, request);
        return bytes.array();
    }

    static byte[] encode(Answer answer) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.BIG_ENDIAN);
        head(bytes, ANSWER, answer.raw, answer.request);
        bytes.putLong(answer.server).putLong(answer.receivedNs).putLong(answer.sentNs);
        return bytes.array();
    }

    private static void head(ByteBuffer bytes, byte kind, boolean raw, Request request) {
        bytes.putInt(MAGIC).put(VERSION).put(kind).put((byte) (raw ? 1 : 0)).put((byte) 0);
        bytes.putLong(request.nonce).putLong(request.number).putLong(request.sentNs);
    }

    /** The first so many bytes as a request; null if they are none, in any bit. */
    static @Nullable Request request(byte[] bytes, int length) {
        ByteBuffer in = open(bytes, length, REQUEST);
        if (in == null || in.get(6) != 0) {
            return null;
        }
        Request request = new Request(in.getLong(8), in.getLong(16), in.getLong(24));
        return in.getLong(32) == 0 && in.getLong(40) == 0 && in.getLong(48) == 0 ? request : null;
    }

    /** The first so many bytes as an answer; null if they are none, in any bit. */
    static @Nullable Answer answer(byte[] bytes, int length) {
        ByteBuffer in = open(bytes, length, ANSWER);
        if (in == null || (in.get(6) & ~1) != 0) {
            return null;
        }
        return new Answer(
                new Request(in.getLong(8), in.getLong(16), in.getLong(24)),
                in.get(6) == 1,
                in.getLong(32),
                in.getLong(40),
                in.getLong(48));
    }

    private static @Nullable ByteBuffer open(byte[] bytes, int length, byte kind) {
        if (length != BYTES || bytes.length < BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        return in.getInt(0) == MAGIC && in.get(4) == VERSION && in.get(5) == kind && in.get(7) == 0 ? in : null;
    }
}
