package io.vperf.timeref;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes from the network is a whole packet or none. */
class PacketPropertyTest {

    private static final int FIRST_BYTE_OF_NUMBERS = 8;

    @Property
    void shouldReadBackWhatWasSent(@ForAll("answers") Packet.Answer answer) {
        byte[] request = Packet.encode(answer.request());
        byte[] bytes = Packet.encode(answer);

        assertThat(Packet.request(request, request.length)).isEqualTo(answer.request());
        assertThat(Packet.answer(bytes, bytes.length)).isEqualTo(answer);
        assertThat(bytes).hasSameSizeAs(request);
    }

    @Property
    void shouldNotTakeOneForTheOther(@ForAll("answers") Packet.Answer answer) {
        byte[] request = Packet.encode(answer.request());
        byte[] bytes = Packet.encode(answer);

        assertThat(Packet.answer(request, request.length)).isNull();
        assertThat(Packet.request(bytes, bytes.length)).isNull();
    }

    /** What is taken for a packet says all of its bytes: nothing of it is passed over. */
    @Property
    void shouldReadNothingThatItWouldNotHaveWritten(@ForAll("nearly") byte[] bytes) {
        Packet.Request request = Packet.request(bytes, bytes.length);
        Packet.Answer answer = Packet.answer(bytes, bytes.length);

        if (request != null) {
            assertThat(Packet.encode(request)).isEqualTo(bytes);
        }
        if (answer != null) {
            assertThat(Packet.encode(answer)).isEqualTo(bytes);
        }
    }

    @Property
    void shouldRefuseAnyBytes(@ForAll @Size(max = 80) byte[] bytes) {
        assertThat(Packet.request(bytes, bytes.length)).isNull();
        assertThat(Packet.answer(bytes, bytes.length)).isNull();
    }

    @Property
    void shouldRefuseWhatIsCutOrTooLong(
            @ForAll("answers") Packet.Answer answer, @ForAll @IntRange(max = 80) int length) {
        byte[] bytes = Arrays.copyOf(Packet.encode(answer), length);

        assertThat(Packet.answer(bytes, bytes.length) == null).isEqualTo(length != Packet.BYTES);
        assertThat(Packet.answer(Packet.encode(answer), length) == null).isEqualTo(length != Packet.BYTES);
    }

    /** In the head no bit but the clock's is free; any other in the numbers makes another answer of it. */
    @Property
    void shouldNoticeAnyBitThatIsTurned(@ForAll("answers") Packet.Answer answer, @ForAll @IntRange(max = 447) int bit) {
        byte[] bytes = Packet.encode(answer);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Packet.Answer read = Packet.answer(bytes, bytes.length);

        if (bit / 8 < FIRST_BYTE_OF_NUMBERS && bit != 6 * 8) {
            assertThat(read).isNull();
        } else {
            assertThat(read).isNotNull().isNotEqualTo(answer);
        }
    }

    @Provide
    Arbitrary<Packet.Answer> answers() {
        Arbitrary<Long> numbers = Arbitraries.longs();
        Arbitrary<Packet.Request> requests =
                Combinators.combine(numbers, numbers, numbers).as(Packet.Request::new);
        return Combinators.combine(requests, Arbitraries.of(true, false), numbers, numbers, numbers)
                .as(Packet.Answer::new);
    }

    /** Packets of which some bytes are others. */
    @Provide
    Arbitrary<byte[]> nearly() {
        Arbitrary<byte[]> packets =
                answers().flatMap(a -> Arbitraries.of(Packet.encode(a), Packet.encode(a.request())));
        Arbitrary<Integer> places = Arbitraries.integers().between(0, Packet.BYTES - 1);
        return Combinators.combine(
                        packets,
                        places,
                        Arbitraries.bytes(),
                        Arbitraries.integers().between(0, 57))
                .as((packet, at, value, length) -> {
                    packet[at] = value;
                    return length == 57 ? packet : Arrays.copyOf(packet, length);
                });
    }
}
