package io.caravan.hub.bench.part;

import io.caravan.hub.bench.lab.Hub;
import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.lab.Stub;
import io.caravan.hub.bench.load.Generator;
import io.caravan.hub.bench.load.Items;
import io.caravan.hub.bench.load.Run;
import io.caravan.hub.bench.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long one item takes while they come at a steady rate. An item's time runs from when it should have been sent, so
 * that a hub which stands still is not asked less often.
 */
public final class Latency implements Part {

    private final List<Integer> rates;
    private final Duration during;

    public Latency(List<Integer> rates, Duration during) {
        this.rates = List.copyOf(rates);
        this.during = during;
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public void measure(Lab lab, Report report) throws IOException {
        Flow.warmUp(lab, lab.settings().scaled(6_000));
        Duration time = lab.settings().quick() ? Duration.ofSeconds(4) : during;
        for (int rate : rates) {
            at(rate, time, lab, report);
        }
    }

    private void at(int rate, Duration time, Lab lab, Report report) throws IOException {
        String scenario = lab.scenario().label();
        String when = " at " + rate + "/s";
        Hub hub = lab.hub();
        Items requests = lab.items();
        lab.stub().forget();
        try (Generator generator = new Generator(hub.port(), Flow.CONNECTIONS, false)) {
            Cost before = Cost.now(lab, hub);
            Run run = generator.open(rate, time, requests::request);
            Flow.awaitCreates(lab, run.accepted().cardinality());
            Flow.settle();
            Cost cost = Cost.now(lab, hub).since(before);
            Histogram endToEnd = new Histogram(600_000_000L, 3);
            for (Stub.Made made : lab.stub().objects()) {
                int number = requests.number(made.item());
                if (number >= 0) {
                    endToEnd.recordValue(Math.max(0, made.at() - run.intendedAt(number)));
                }
            }
            Flow.percentiles(report, name(), scenario, "accept" + when, run.latency());
            Flow.percentiles(report, name(), scenario, "end to end" + when, endToEnd);
            report.add(
                    name(),
                    scenario,
                    "CPU of hub" + when + " per 1,000 items",
                    cost.hub() * 1_000 / run.accepted().cardinality(),
                    "s");
            Flow.refusals(report, name(), scenario, run);
        }
    }
}
