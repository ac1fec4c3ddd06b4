package io.caravan.hub.bench.part;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.bench.lab.Hub;
import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.lab.Pause;
import io.caravan.hub.bench.lab.Sandboxes;
import io.caravan.hub.bench.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Random;

/**
 * A CSV file of products to import, with the hub ended by SIGKILL at three random rows. Of its rows a tenth names no
 * product, some are broken, and the others name one of the supplier's products again and again: each row must get its
 * result, each product must be in the shop once.
 */
public final class Bulk implements Part {

    private static final int PRODUCTS = 300;
    private static final int KILLS = 3;
    private static final int HOURS = 2;

    private final int rows;

    public Bulk(int rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "bulk";
    }

    @Override
    public void measure(Lab lab, Report report) throws IOException {
        String scenario = lab.scenario().label();
        int wanted = lab.settings().scaled(rows);
        try (Sandboxes shop = lab.sandboxes()) {
            products(lab.settings().work().resolve("files/suppliers/bench.csv"));
            Hub hub = lab.hub();
            long begin = System.nanoTime();
            JsonNode accepted = hub.http().file("/api/v1/imports/bulk", file(wanted, lab.random()));
            String batch = accepted.path("location").asText();
            report.add(name(), scenario, "accepted after", seconds(begin), "s");
            PrimitiveIterator.OfInt kills =
                    lab.random().ints(KILLS, 1, wanted).sorted().iterator();
            int next = kills.nextInt();
            int killed = 0;
            JsonNode now = hub.http().json(batch);
            while (!now.path("status").asText().equals("completed") && seconds(begin) < HOURS * 3_600) {
                if (next >= 0 && now.path("read").asInt() >= next) {
                    report.add(
                            name(),
                            scenario,
                            "kill " + ++killed + " at row",
                            now.path("read").asInt(),
                            "");
                    hub.kill();
                    hub = lab.hub();
                    next = kills.hasNext() ? kills.nextInt() : -1;
                }
                Pause.millis(50);
                now = hub.http().json(batch);
            }
            report.add(name(), scenario, "completed after", seconds(begin), "s");
            hub.peakMegabytes()
                    .ifPresent(peak -> report.add(name(), scenario, "peak memory of the last hub", peak, "MB"));
            judge(hub, batch, wanted, shop, report, scenario);
        }
    }

    private void judge(Hub hub, String batch, int wanted, Sandboxes shop, Report report, String scenario)
            throws IOException {
        List<String> results =
                hub.http().get(batch + "/results").body().lines().skip(1).toList();
        long distinct = results.stream()
                .map(line -> line.substring(0, line.indexOf(',')))
                .distinct()
                .count();
        long completed =
                results.stream().filter(line -> line.contains(",completed,")).count();
        Map<String, Integer> names = new HashMap<>();
        shop.objects("woocommerce").path("products").forEach(product -> {
            if (!product.path("status").asText().equals("trash")) {
                names.merge(product.path("name").asText(), 1, Integer::sum);
            }
        });
        report.add(name(), scenario, "rows with a result", distinct, "");
        report.add(name(), scenario, "products in the shop", names.size(), "");
        report.add(name(), scenario, "items lost", wanted - distinct + Math.max(0, completed - names.size()), "");
        report.add(
                name(),
                scenario,
                "items doubled",
                names.values().stream().mapToLong(count -> count - 1).sum() + results.size() - distinct,
                "");
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** The supplier: a file that the connector supplier-csv reads. */
    private static void products(Path file) throws IOException {
        StringBuilder csv =
                new StringBuilder("product_id,title,cost,currency,stock,option1_name,option1_value,variant_id\n");
        for (int i = 0; i < PRODUCTS; i++) {
            for (String size : List.of("S", "M")) {
                csv.append("p%d,Product number %d,4.50,USD,10,Size,%s,p%d-%s\n".formatted(i, i, size, i, size));
            }
        }
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, csv);
    }

    private static String file(int rows, Random random) {
        StringBuilder csv = new StringBuilder("source_url,markup_percent,tags,shop\n");
        for (int row = 0; row < rows; row++) {
            int kind = random.nextInt(100);
            String product = "https://supplier-csv.invalid/bench_p" + random.nextInt(PRODUCTS);
            if (kind < 10) {
                csv.append("https://shop.example/products/").append(row).append(",,,woocommerce\n");
            } else if (kind < 12) {
                csv.append(product).append(",much,,woocommerce\n");
            } else {
                csv.append(product).append(',').append(20 + random.nextInt(70)).append(",bulk,woocommerce\n");
            }
        }
        return csv.toString();
    }
}
