package io.vperf.export.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.export.Snapshots;
import io.vperf.record.Correction;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LiveMethodTest {

    @Test
    void shouldTellByHowMuchACorrectedFigureMayBeWrong() {
        Correction correction = Objects.requireNonNull(Snapshots.corrected().correction());
        LiveMethod m = LiveMethod.of(Snapshots.corrected());

        assertThat(m.getCorrectedP99BoundNs()).isZero();
        assertThat(m.getCorrectedMaxNs()).isEqualTo(correction.corrected().getMaxValue());
        assertThat(m.getCorrectedMaxBoundNs())
                .isEqualTo(correction.boundNs(100))
                .isPositive();
        assertThat(m.getUncertain()).containsExactly("correctedP999Ns", "correctedMaxNs");
    }

    @Test
    void shouldKnowNothingWhereStealIsUnknown() {
        LiveMethod m = LiveMethod.of(Snapshots.wallOnly());

        assertThat(m.getCorrectedP99Ns()).isNull();
        assertThat(m.getCorrectedP99BoundNs()).isNull();
        assertThat(m.getUncertain()).isEmpty();
    }
}
