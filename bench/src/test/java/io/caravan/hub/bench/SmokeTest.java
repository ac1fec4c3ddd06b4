package io.caravan.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.lab.Scenario;
import io.caravan.hub.bench.lab.Settings;
import io.caravan.hub.bench.part.Kill;
import io.caravan.hub.bench.part.Throughput;
import io.caravan.hub.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few items through the packaged hub, and a kill: counts are asserted, times are not. */
class SmokeTest {

    @Test
    void shouldFindEveryItemOnceAlsoAfterAKill(@TempDir Path work) throws IOException {
        Settings settings = new Settings(
                Path.of(System.getProperty("project.root")).toRealPath(),
                work,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                // what the kill left in doubt is settled in seconds
                Map.of("HUB_DELIVERY_LEASE", "15s", "HUB_DELIVERY_SETTLE_SCALE", "0.1"),
                true);
        Report report = new Report("smoke", "now", Map.of());
        try (Lab lab = Lab.open(settings, new Scenario(Scenario.Db.H2, 12, 0))) {
            new Throughput(4_000).measure(lab, report);
            new Kill(4_000).measure(lab, report);
        }
        assertThat(total(report, "items lost")).isZero();
        assertThat(total(report, "items doubled")).isZero();
        assertThat(figures(report, "throughput", "items acknowledged")).isEqualTo(200);
        assertThat(figures(report, "kill", "items acknowledged")).isGreaterThanOrEqualTo(200);
        assertThat(figures(report, "kill", "objects in the sink"))
                .isEqualTo(figures(report, "kill", "items acknowledged"));
        assertThat(report.markdown()).contains("| throughput | end to end, items/s |");
    }

    private static double total(Report report, String name) {
        return report.figures().stream()
                .filter(one -> one.name().equals(name))
                .mapToDouble(Report.Figure::value)
                .sum();
    }

    private static double figures(Report report, String part, String name) {
        return report.figures().stream()
                .filter(one -> one.part().equals(part) && one.name().equals(name))
                .mapToDouble(Report.Figure::value)
                .findFirst()
                .orElseThrow();
    }
}
