package io.caravan.hub.proof.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The files that a run's hubs are started on: those that are shipped, the proof's own job, and products to import. */
final class LabFiles {

    private static final int PRODUCTS = 200;

    private final Path folder;
    private final String run;
    private final AtomicInteger products = new AtomicInteger();

    LabFiles(Path folder, String run) throws IOException {
        this.folder = folder;
        this.run = run;
        over("config/files");
        over("proof/job");
        largeShop();
    }

    Path folder() {
        return folder;
    }

    /** Copies a folder of the project over them. */
    void over(String from) throws IOException {
        Path root = Path.of(System.getProperty("project.root")).resolve(from);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(root.relativize(one).toString());
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(one, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** A product of the supplier that nobody asked for before; it is in a file of the suppliers' folder. */
    String product() {
        int number = products.getAndIncrement();
        int file = number / PRODUCTS;
        if (number % PRODUCTS == 0) {
            write(file);
        }
        return run + "f" + file + "_p" + number % PRODUCTS;
    }

    private void write(int file) {
        StringBuilder csv = new StringBuilder("product_id,title,cost,currency,stock\n");
        for (int i = 0; i < PRODUCTS; i++) {
            csv.append("p%d,Proof %sf%d_p%d,4.50,USD,10\n".formatted(i, run, file, i));
        }
        try {
            Path suppliers = Files.createDirectories(folder.resolve("suppliers"));
            Path half = folder.resolve("half.csv");
            Files.writeString(half, csv);
            Files.move(half, suppliers.resolve(run + "f" + file + ".csv"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link SandboxMain} has it. */
    private void largeShop() throws IOException {
        Path limits = folder.resolve("limits.yaml");
        String shipped = Files.readString(limits);
        String none = "vendors: {}";
        if (!shipped.contains(none)) {
            throw new IOException(limits + " does not say " + none);
        }
        String large = "{shopify: {windows: [{name: points, cap: 100000, refill_per_second: 5000, cost: 30}]}}";
        Files.writeString(limits, shipped.replace(none, "vendors: " + large));
    }
}
