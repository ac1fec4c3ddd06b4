package io.caravan.hub.bench.part;

import io.caravan.hub.bench.lab.Hub;
import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.lab.Pause;
import io.caravan.hub.bench.load.Generator;
import io.caravan.hub.bench.load.Items;
import io.caravan.hub.bench.load.Run;
import io.caravan.hub.bench.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an item costs while many wait: the enricher is held, so that what is accepted stays, then it is let go. CPU is
 * that of the hub and of its database; an item's share is looked at in tenths of the queue.
 */
public final class Growth implements Part {

    private static final int STEPS = 10;

    private final int waiting;

    public Growth(int waiting) {
        this.waiting = waiting;
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public void measure(Lab lab, Report report) throws IOException {
        Flow.warmUp(lab, lab.settings().scaled(6_000));
        int most = lab.settings().scaled(waiting);
        for (int queue : new int[] {1_000, 10_000, most}) {
            if (queue <= most) {
                with(queue, lab, report);
            }
        }
    }

    private void with(int queue, Lab lab, Report report) throws IOException {
        String scenario = lab.scenario().label();
        Hub hub = lab.hub();
        Items items = lab.items();
        lab.stub().forget();
        lab.stub().hold();
        String many = String.format(Locale.ROOT, "%,d", queue);
        try (Generator generator = new Generator(hub.port(), Flow.CONNECTIONS, false)) {
            double before = cpu(lab, hub);
            Run run = generator.closed(queue, items::request);
            double accepted = cpu(lab, hub);
            report.add(name(), scenario, "CPU to accept 1,000 of " + many, (accepted - before) * 1_000 / queue, "s");
            List<Double> costs = drain(queue, lab, hub);
            report.add(name(), scenario, "CPU to work off 1,000 of " + many, mean(costs), "s");
            report.add(name(), scenario, "first tenth of " + many, costs.get(0), "s per 1,000");
            report.add(name(), scenario, "last tenth of " + many, costs.get(costs.size() - 1), "s per 1,000");
            Flow.refusals(report, name(), scenario, run);
            Flow.count(lab, items, run.accepted(), report, name());
        }
    }

    /** Seconds of CPU for 1,000 items, in each tenth of the queue. */
    private static List<Double> drain(int queue, Lab lab, Hub hub) throws IOException {
        List<Double> costs = new ArrayList<>();
        double seconds = cpu(lab, hub);
        long done = lab.stub().counts().creates();
        lab.stub().release();
        for (int step = 1; step <= STEPS; step++) {
            long counted = Flow.awaitCreates(lab, (long) queue * step / STEPS).creates();
            double now = cpu(lab, hub);
            costs.add((now - seconds) * 1_000 / Math.max(1, counted - done));
            seconds = now;
            done = counted;
        }
        Pause.millis(500);
        return costs;
    }

    private static double cpu(Lab lab, Hub hub) {
        return hub.cpu() + lab.databaseCpu();
    }

    private static double mean(List<Double> costs) {
        return costs.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
