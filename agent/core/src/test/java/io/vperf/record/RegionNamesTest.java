package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RegionNamesTest {

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(10, health.health());
    private final Regions regions = new Regions(table, health.health());

    private String reported(String name) {
        return table.get(regions.id(name)).name();
    }

    @Test
    void shouldGiveANameOneNumberAndAPrefix() {
        int id = regions.id("parse");
        assertThat(regions.id("PARSE".toLowerCase(Locale.ROOT))).isEqualTo(id);
        assertThat(regions.id("write")).isNotEqualTo(id);
        assertThat(table.get(id).name()).isEqualTo("region:parse");
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void shouldTakeAnyName() {
        assertThat(reported("a\nb")).isEqualTo("region:a b");
        assertThat(reported("x".repeat(1_000_000))).isEqualTo("region:" + "x".repeat(Regions.NAME_CHARS));
        assertThat(health.total(Trouble.REGIONS_LEFT_OUT)).isZero();
    }

    @Test
    void shouldRefuseToMeasureWhatHasNoName() {
        assertThat(regions.id(null)).isEqualTo(MethodTable.FULL);
        assertThat(regions.id("")).isEqualTo(MethodTable.FULL);
        assertThat(table.size()).isZero();
        assertThat(health.total(Trouble.REGIONS_UNNAMED)).isEqualTo(2);
        health.health().tellLines();
        assertThat(health.said().lines()).hasSize(1);
        assertThat(health.said()).contains("without a name", "Region.begin");
        assertThat(reported("null")).isEqualTo("region:null");
    }

    @Test
    void shouldShareAMethodsNumberIfItIsReportedUnderTheSameName() {
        assertThat(regions.id("m")).isEqualTo(table.register("region:m"));
    }

    /** Names made up at run time take half of the table and no more; those that are known go on. */
    @Test
    void shouldLeaveOutAndCountNamesBeyondHalfOfTheTable() {
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(regions.id("request " + i));
        }
        assertThat(ids).hasSize(5 + 1).contains(MethodTable.FULL);
        assertThat(table.size()).isEqualTo(5);
        assertThat(health.total(Trouble.REGIONS_LEFT_OUT)).isEqualTo(995);
        assertThat(reported("request 4")).isEqualTo("region:request 4");
        assertThat(table.register("a method")).isNotEqualTo(MethodTable.FULL);
    }

    @Test
    void shouldBeFullWhenMethodsHaveTakenTheTable() {
        for (int i = 0; i < 9; i++) {
            table.register("m" + i);
        }
        assertThat(reported("last")).isEqualTo("region:last");
        for (int i = 0; i < 3; i++) {
            assertThat(regions.id("one too many")).isEqualTo(MethodTable.FULL);
        }
        assertThat(health.total(Trouble.REGIONS_LEFT_OUT)).isEqualTo(3);
    }

    @Test
    @Timeout(60)
    void shouldKeepToItsBoundWhenManyThreadsMakeUpNames() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int t = 0; t < 4; t++) {
            threads.execute(() -> {
                for (int i = 0; i < 1_000; i++) {
                    regions.id("n" + i);
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(50, TimeUnit.SECONDS)).isTrue();
        assertThat(table.size()).isEqualTo(5);
        assertThat(health.total(Trouble.REGIONS_LEFT_OUT)).isGreaterThanOrEqualTo(4 * 995);
    }
}
