package io.vperf.timeref;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.timeref.AwaitedAnswers.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AwaitedAnswersTest {

    private final AwaitedAnswers awaited = new AwaitedAnswers(new Random(7));

    private static Packet.Answer to(Packet.Request request) {
        return new Packet.Answer(request, true, 1, 2, 3);
    }

    @Test
    void shouldTakeAnAnswerOnce() {
        Packet.Answer answer = to(awaited.next(5));

        assertThat(awaited.judge(answer)).isEqualTo(Verdict.AWAITED);
        assertThat(awaited.judge(answer)).isEqualTo(Verdict.LATE);
    }

    @Test
    void shouldRefuseWhatEchoesAnythingElse() {
        Packet.Request r = awaited.next(5);

        for (Packet.Request forged : new Packet.Request[] {
            new Packet.Request(r.nonce() + 1, r.number(), r.sentNs()),
            new Packet.Request(r.nonce(), r.number() + 1, r.sentNs()),
            new Packet.Request(r.nonce(), r.number() - 1, r.sentNs()),
            new Packet.Request(r.nonce(), r.number(), r.sentNs() - 1),
            new Packet.Request(r.nonce(), r.number() + AwaitedAnswers.REMEMBERED, r.sentNs()),
            new Packet.Request(r.nonce(), -1, r.sentNs()),
            new Packet.Request(r.nonce(), Long.MIN_VALUE, r.sentNs()),
            new Packet.Request(r.nonce(), Long.MAX_VALUE, r.sentNs())
        }) {
            assertThat(awaited.judge(to(forged))).as(forged.toString()).isEqualTo(Verdict.REFUSED);
        }
        assertThat(awaited.judge(to(r))).isEqualTo(Verdict.AWAITED);
    }

    @Test
    void shouldKnowWhatComesTooLate() {
        Packet.Request given = awaited.next(5);
        Packet.Request next = awaited.next(6);
        assertThat(awaited.judge(to(given))).isEqualTo(Verdict.LATE);
        awaited.giveUp();
        assertThat(awaited.judge(to(next))).isEqualTo(Verdict.LATE);
    }

    @Test
    void shouldRefuseWhatIsOlderThanItRemembers() {
        Packet.Request old = awaited.next(5);
        for (int i = 0; i < AwaitedAnswers.REMEMBERED; i++) {
            awaited.next(6);
        }
        assertThat(awaited.judge(to(old))).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void shouldRefuseAnythingBeforeTheFirstRequest() {
        assertThat(awaited.judge(to(new Packet.Request(0, 0, 0)))).isEqualTo(Verdict.REFUSED);
    }
}
