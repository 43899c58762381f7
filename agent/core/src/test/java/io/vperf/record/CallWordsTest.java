package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.VcpuClock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CallWordsTest {

    @Property
    void shouldGiveBackWhatWasPackedIn(
            @ForAll @IntRange(max = Integer.MAX_VALUE) int methodId,
            @ForAll @IntRange(min = VcpuClock.UNKNOWN, max = 65_534) int vcpu,
            @ForAll @IntRange(max = 31) int log2,
            @ForAll @IntRange(max = 15) int flags) {
        long word = CallWords.word(methodId, vcpu, (long) flags << 60 | CallWords.weightBits(log2));

        assertThat(CallWords.methodId(word)).isEqualTo(methodId);
        assertThat(CallWords.vcpu(word)).isEqualTo(vcpu);
        assertThat(CallWords.weight(word)).isEqualTo(1L << log2);
        assertThat(CallWords.is(word, CallWords.PLAIN | CallWords.REGION)).isFalse();
        assertThat(CallWords.is(word, CallWords.OUTERMOST)).isEqualTo((flags & 1) != 0);
        assertThat(CallWords.is(word, CallWords.THROWN)).isEqualTo((flags & 2) != 0);
        assertThat(CallWords.is(word, CallWords.CPU_UNKNOWN)).isEqualTo((flags & 4) != 0);
        assertThat(CallWords.is(word, CallWords.PROVISIONAL)).isEqualTo((flags & 8) != 0);
    }
}
