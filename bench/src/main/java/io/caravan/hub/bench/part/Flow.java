package io.caravan.hub.bench.part;

import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.lab.Pause;
import io.caravan.hub.bench.lab.Stub;
import io.caravan.hub.bench.load.Generator;
import io.caravan.hub.bench.load.Items;
import io.caravan.hub.bench.load.Run;
import io.caravan.hub.bench.report.Report;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What the parts share: bringing items in, waiting until they are out, comparing both ends. */
final class Flow {

    static final int CONNECTIONS = 64;

    private static final long PATIENCE_NANOS = 180_000_000_000L;

    private Flow() {}

    /** Until the just-in-time compiler has seen enough; nothing is reported. */
    static void warmUp(Lab lab, int items) throws IOException {
        Items requests = lab.items();
        lab.stub().forget();
        try (Generator generator = new Generator(lab.hub().port(), CONNECTIONS, false)) {
            Run run = generator.closed(items, requests::request);
            if (run.accepted().isEmpty()) {
                throw new IOException("the hub accepts nothing: answers by status " + run.statuses());
            }
            awaitCreates(lab, run.accepted().cardinality());
        }
        lab.stub().forget();
    }

    /**
     * Until the sink made as many objects, or made none for three minutes.
     *
     * @return what the sink says then
     */
    @SuppressWarnings("PMD.SystemPrintln")
    static Stub.Counts awaitCreates(Lab lab, long items) throws IOException {
        long seen = -1;
        long changed = System.nanoTime();
        long told = System.nanoTime();
        while (true) {
            Stub.Counts counts = lab.stub().counts();
            if (counts.creates() >= items) {
                return counts;
            }
            if (counts.creates() != seen) {
                seen = counts.creates();
                changed = System.nanoTime();
            } else if (System.nanoTime() - changed > PATIENCE_NANOS) {
                return counts;
            }
            if (System.nanoTime() - told > 5_000_000_000L) {
                told = System.nanoTime();
                System.err.printf(Locale.ROOT, "    %,d of %,d%n", counts.creates(), items);
            }
            Pause.millis(25);
        }
    }

    /** What is still under way behind the last effect is written down then. */
    static void settle() {
        Pause.millis(700);
    }

    /** Accepted items without an object, and objects beyond the first of an item. */
    static void count(Lab lab, Items items, BitSet accepted, Report report, String part) throws IOException {
        BitSet made = new BitSet();
        int doubled = 0;
        int strange = 0;
        List<Stub.Made> objects = lab.stub().objects();
        for (Stub.Made one : objects) {
            int number = items.number(one.item());
            if (number < 0) {
                strange++;
            } else if (made.get(number)) {
                doubled++;
            } else {
                made.set(number);
            }
        }
        BitSet lost = (BitSet) accepted.clone();
        lost.andNot(made);
        String scenario = lab.scenario().label();
        report.add(part, scenario, "items acknowledged", accepted.cardinality(), "");
        report.add(part, scenario, "items lost", lost.cardinality(), "");
        report.add(part, scenario, "items doubled", doubled, "");
        if (strange > 0) {
            report.add(part, scenario, "objects that belong to no item", strange, "");
        }
    }

    static void percentiles(Report report, String part, String scenario, String what, Histogram micros) {
        for (double percentile : new double[] {50, 95, 99}) {
            report.add(
                    part,
                    scenario,
                    what + " p" + (int) percentile,
                    micros.getValueAtPercentile(percentile) / 1e3,
                    "ms");
        }
    }

    static void refusals(Report report, String part, String scenario, Run run) {
        run.statuses().forEach((status, times) -> {
            if (status < 200 || status >= 300) {
                report.add(part, scenario, "answers with status " + status, times, "");
            }
        });
    }
}
