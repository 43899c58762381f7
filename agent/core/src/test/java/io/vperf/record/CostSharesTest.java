package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CostSharesTest {

    @Test
    void shouldCutOnlyTheDearest() {
        assertThat(CostShares.most(new double[] {1, 100, 2, 0}, 10)).isEqualTo(7);
        assertThat(CostShares.most(new double[] {50, 100, 1}, 11)).isEqualTo(5);
    }

    @Test
    void shouldCutNobodyWithinTheBudget() {
        assertThat(CostShares.most(new double[] {1, 7, 2}, 10)).isInfinite();
        assertThat(CostShares.most(new double[0], 0)).isInfinite();
    }

    @Property
    void shouldSpendTheBudgetAndNoMore(
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(max = 1e12) Double> each,
            @ForAll @DoubleRange(min = 1, max = 1e12) double budget) {
        double[] costs = each.stream().mapToDouble(cost -> cost).toArray();
        double most = CostShares.most(costs, budget);
        double spent = Arrays.stream(costs).map(c -> Math.min(c, most)).sum();

        double all = Arrays.stream(costs).sum();
        assertThat(spent).isCloseTo(Math.min(all, budget), Offset.offset(budget * 1e-9));
    }
}
