package io.caravan.hub.bench.part;

import io.caravan.hub.bench.lab.Hub;
import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.lab.Stub;
import io.caravan.hub.bench.load.Generator;
import io.caravan.hub.bench.load.Items;
import io.caravan.hub.bench.load.Run;
import io.caravan.hub.bench.report.Report;
import java.io.IOException;

/** As many items as the hub takes: each connection sends the next one when the one before was accepted. */
public final class Throughput implements Part {

    private final int items;

    public Throughput(int items) {
        this.items = items;
    }

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public void measure(Lab lab, Report report) throws IOException {
        String scenario = lab.scenario().label();
        Flow.warmUp(lab, lab.settings().scaled(6_000));
        Hub hub = lab.hub();
        Items requests = lab.items();
        int count = lab.settings().scaled(items);
        try (Generator generator = new Generator(hub.port(), Flow.CONNECTIONS, false)) {
            Cost before = Cost.now(lab, hub);
            Run run = generator.closed(count, requests::request);
            int accepted = run.accepted().cardinality();
            Stub.Counts counts = Flow.awaitCreates(lab, accepted);
            Flow.settle();
            Cost cost = Cost.now(lab, hub).since(before);
            report.add(name(), scenario, "accepted", run.rate(), "/s");
            report.add(name(), scenario, "end to end", accepted * 1e6 / (counts.lastAt() - run.firstAt()), "items/s");
            Flow.percentiles(report, name(), scenario, "accept", run.latency());
            cost.report(report, name(), scenario, accepted);
            hub.peakMegabytes().ifPresent(peak -> report.add(name(), scenario, "peak memory of hub", peak, "MB"));
            Flow.refusals(report, name(), scenario, run);
            Flow.count(lab, requests, run.accepted(), report, name());
        }
    }
}
