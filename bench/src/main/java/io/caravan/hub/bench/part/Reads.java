package io.caravan.hub.bench.part;

import io.caravan.hub.bench.lab.Hub;
import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.load.Generator;
import io.caravan.hub.bench.load.Items;
import io.caravan.hub.bench.load.Run;
import io.caravan.hub.bench.report.Report;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list and an item over many open connections: at a steady rate, and as fast as they are answered. */
public final class Reads implements Part {

    private static final Pattern JOB = Pattern.compile("/api/v1/jobs/([A-Za-z0-9]+)");

    private final int connections;
    private final int rate;

    public Reads(int connections, int rate) {
        this.connections = connections;
        this.rate = rate;
    }

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public void measure(Lab lab, Report report) throws IOException {
        Hub hub = lab.hub();
        String job = job(lab, hub);
        read(lab, report, "item", "/api/v1/jobs/" + job);
        read(lab, report, "list of 20", "/api/v1/jobs?limit=20");
    }

    /** Some jobs to read, one of which is returned. */
    private static String job(Lab lab, Hub hub) throws IOException {
        Items items = lab.items();
        try (Generator generator = new Generator(hub.port(), 8, true)) {
            List<String> bodies =
                    List.copyOf(generator.closed(200, items::request).bodies().values());
            Flow.awaitCreates(lab, bodies.size());
            Matcher found = JOB.matcher(String.join("\n", bodies));
            if (!found.find()) {
                throw new IOException(
                        "no answer names a job: " + bodies.stream().findFirst());
            }
            return found.group(1);
        }
    }

    private void read(Lab lab, Report report, String what, String path) throws IOException {
        String scenario = lab.scenario().label();
        Hub hub = lab.hub();
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + hub.key()
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        Duration time = Duration.ofSeconds(lab.settings().quick() ? 3 : 15);
        String over = ", " + connections + " connections";
        try (Generator generator = new Generator(hub.port(), connections, false)) {
            generator.closed(lab.settings().scaled(20_000), (buffers, number) -> bytes(buffers, request));
            Cost before = Cost.now(lab, hub);
            Run steady = generator.open(rate, time, (buffers, number) -> bytes(buffers, request));
            Cost cost = Cost.now(lab, hub).since(before);
            Flow.percentiles(report, name(), scenario, what + " at " + rate + "/s" + over, steady.latency());
            report.add(
                    name(),
                    scenario,
                    what + ": CPU of hub per 1,000 at " + rate + "/s",
                    cost.hub() * 1e3 / steady.accepted().cardinality(),
                    "s");
            Flow.refusals(report, name(), scenario, steady);
            Run fast = generator.closed(lab.settings().scaled(60_000), (buffers, number) -> bytes(buffers, request));
            report.add(name(), scenario, what + " as fast as it goes" + over, fast.rate(), "/s");
            Flow.percentiles(report, name(), scenario, what + " as fast as it goes" + over, fast.latency());
            Flow.refusals(report, name(), scenario, fast);
        }
    }

    private static ByteBuf bytes(ByteBufAllocator buffers, byte[] request) {
        return buffers.ioBuffer(request.length).writeBytes(request);
    }
}
