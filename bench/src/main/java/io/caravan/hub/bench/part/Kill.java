package io.caravan.hub.bench.part;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.bench.lab.Hub;
import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.lab.Pause;
import io.caravan.hub.bench.load.Generator;
import io.caravan.hub.bench.load.Items;
import io.caravan.hub.bench.load.Run;
import io.caravan.hub.bench.report.Report;
import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the hub with SIGKILL while it accepts and works, thousands of items under way, and starts it again. The client
 * then sends again what it has no answer for, as clients do. Every acknowledged item must have made one object.
 */
public final class Kill implements Part {

    private final int inFlight;

    public Kill(int inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public void measure(Lab lab, Report report) throws IOException {
        Flow.warmUp(lab, lab.settings().scaled(3_000));
        String scenario = lab.scenario().label();
        Hub hub = lab.hub();
        Items items = lab.items();
        int wanted = lab.settings().scaled(inFlight);
        int most = wanted * 20;
        lab.stub().hold();
        BitSet acknowledged;
        int asked;
        try (Generator generator = new Generator(hub.port(), Flow.CONNECTIONS, false)) {
            BitSet first = generator.closed(wanted, items::request).accepted();
            AtomicBoolean enough = new AtomicBoolean();
            // more of them, while the others are worked off
            CompletableFuture<Run> more = CompletableFuture.supplyAsync(() ->
                    generator.closed(most, (buffers, number) -> items.request(buffers, wanted + number), enough::get));
            lab.stub().release();
            Flow.awaitCreates(lab, Math.max(1, wanted / 20));
            long done = lab.stub().counts().creates();
            hub.kill();
            enough.set(true);
            Run second = more.join();
            acknowledged = (BitSet) first.clone();
            second.accepted().stream().forEach(number -> acknowledged.set(wanted + number));
            asked = wanted + second.accepted().length() + Flow.CONNECTIONS;
            report.add(name(), scenario, "in flight at kill -9", acknowledged.cardinality() - done, "items");
        }
        again(lab, items, acknowledged, asked, report, scenario);
    }

    private void again(Lab lab, Items items, BitSet acknowledged, int asked, Report report, String scenario)
            throws IOException {
        Hub hub = lab.hub();
        BitSet all = new BitSet();
        try (Generator generator = new Generator(hub.port(), Flow.CONNECTIONS, false)) {
            Run repeated = generator.closed(asked, items::request);
            Flow.refusals(report, name(), scenario, repeated);
            all.or(acknowledged);
            all.or(repeated.accepted());
        }
        long objects = awaitObjects(lab, all.cardinality());
        report.add(name(), scenario, "sent again after the restart", asked, "items");
        report.add(name(), scenario, "objects in the sink", objects, "");
        JsonNode dead = hub.http().json("/api/v1/dead-letters?limit=1");
        report.add(
                name(), scenario, "dead letters (at least)", dead.path("items").size(), "");
        Flow.count(lab, items, all, report, name());
    }

    /** An outcome that the kill left unknown is looked up only after its settle time, a minute or two. */
    private static long awaitObjects(Lab lab, int items) throws IOException {
        long end = System.nanoTime() + 300_000_000_000L;
        long objects = lab.stub().counts().objects();
        while (objects < items && System.nanoTime() < end) {
            Pause.millis(200);
            objects = lab.stub().counts().objects();
        }
        // what would still come twice would come now
        Pause.millis(3_000);
        return lab.stub().counts().objects();
    }
}
