package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.config.Hub;
import io.caravan.hub.config.security.AdminKey;
import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The hub and all sandboxes in this process, on embedded defaults, in a data folder of the demo's own. */
final class DemoHub implements AutoCloseable {

    private static final Pattern RECORDED_PRODUCT = Pattern.compile("aliexpress: feeds product (\\d{8,20}) ");

    private final SandboxServer sandbox;
    private final ConfigurableApplicationContext context;
    private final Path data;
    private final List<String> recordedProducts;

    private DemoHub(
            SandboxServer sandbox, ConfigurableApplicationContext context, Path data, List<String> recordedProducts) {
        this.recordedProducts = recordedProducts;
        this.sandbox = sandbox;
        this.context = context;
        this.data = data;
    }

    /** @param recordings a folder of vendors' recorded replies, null for the sandboxes' own samples */
    static DemoHub start(DemoTerminal terminal, @Nullable Path recordings) throws IOException {
        Path data = ApiOptions.dataDir().resolve("demo");
        FileSystemUtils.deleteRecursively(data);
        Files.createDirectories(data);
        if (recordings != null) {
            // recorded products name pictures at the vendor, which the demo does not ask
            System.setProperty("sandbox.aliexpress.own_pictures", "1");
        }
        List<VendorSandbox> vendors = SandboxServer.found();
        SandboxServer sandbox = SandboxServer.start(data.resolve("sandbox"), 0, vendors);
        terminal.say("Sandboxes of "
                + String.join(
                        ", ",
                        vendors.stream().map(VendorSandbox::vendor).sorted().toList()) + " at " + sandbox.url());
        List<String> products = recordings == null ? List.of() : feed(vendors, recordings, terminal);
        terminal.wait("starting the hub");
        SpringApplication application = new SpringApplication(Hub.class);
        ConfigurableApplicationContext context =
                application.run(settings(sandbox, data).toArray(String[]::new));
        DemoHub hub = new DemoHub(sandbox, context, data, products);
        terminal.say("The hub is up at " + hub.address() + ", embedded database, data in " + data);
        return hub;
    }

    private static List<String> settings(SandboxServer sandbox, Path data) {
        List<String> settings = new ArrayList<>();
        settings.add("--hub.data.dir=" + data);
        settings.add("--hub.sandbox.url=" + sandbox.url());
        settings.add("--spring.main.banner-mode=off");
        settings.add("--logging.file.name=" + data.resolve("hub.log"));
        settings.add("--logging.threshold.console=OFF");
        return settings;
    }

    /** @return ids of the products of AliExpress that the recordings hold */
    private static List<String> feed(List<VendorSandbox> vendors, Path recordings, DemoTerminal terminal) {
        List<String> products = new ArrayList<>();
        for (VendorSandbox vendor : vendors) {
            Path folder = recordings.resolve(vendor.recordingsFolder());
            Path inner = folder.resolve("recordings");
            Path files = Files.isDirectory(inner) ? inner : folder;
            if (Files.isDirectory(files)) {
                vendor.feed(files).forEach(line -> {
                    terminal.detail(line);
                    Matcher product = RECORDED_PRODUCT.matcher(line);
                    if (product.find()) {
                        products.add(product.group(1));
                    }
                });
            }
        }
        return products;
    }

    HubApi api() throws IOException {
        String given = System.getenv("HUB_ADMIN_KEY");
        String key = given == null || given.isBlank()
                ? Files.readString(AdminKey.file(data)).strip()
                : given.strip();
        return new HubApi(address(), key);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    List<String> recordedProducts() {
        return recordedProducts;
    }

    Path logFile() {
        return data.resolve("hub.log");
    }

    /** Looks at the marketplace's own memory: the listing must be active there, once, and have its picture. */
    boolean vendorAgrees(JsonNode listing, DemoTerminal terminal) {
        String id = listing.path("etsy_listing_id").asText();
        Optional<ObjectNode> there = sandbox.state("etsy").get("listings", id);
        long active = sandbox.state("etsy").list("listings").stream()
                .filter(one -> one.path("state").asText().equals("active"))
                .count();
        boolean agrees = there.isPresent() && there.get().path("state").asText().equals("active") && active >= 1;
        terminal.say("The marketplace says: listing " + id + " is "
                + there.map(one -> one.path("state").asText()).orElse("not there") + ", " + active + " active in all");
        return agrees;
    }

    /** Looks at the shop's own memory: the product must be there, once, and on sale. */
    boolean shopAgrees(JsonNode imported, DemoTerminal terminal) {
        String shop = imported.path("shop").asText();
        List<ObjectNode> same = sandbox.state(shop).list("products").stream()
                .filter(one ->
                        one.path("title").asText().equals(imported.path("title").asText()))
                .toList();
        String state = same.isEmpty()
                ? "not there"
                : same.get(0).path("status").asText().toLowerCase(java.util.Locale.ROOT);
        terminal.say("The shop says: the product is " + state + ", " + same.size() + " time(s)");
        return same.size() == 1 && List.of("active", "publish").contains(state);
    }

    void tellAddresses(DemoTerminal terminal) {
        String management = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.management.port");
        terminal.say("To look at (the admin key is in " + AdminKey.file(data) + "):");
        terminal.detail("REST            " + address() + "/swagger-ui.html");
        terminal.detail("Hawtio          " + management + "/actuator/hawtio   user admin, the key as password");
        terminal.detail("health, metrics " + management + "/observe/health, /observe/metrics");
        terminal.detail("the vendors     " + sandbox.url() + "/_sandbox/objects?vendor=etsy");
        terminal.say("Running until Ctrl-C.");
    }

    @Override
    public void close() {
        context.close();
        sandbox.close();
    }
}
