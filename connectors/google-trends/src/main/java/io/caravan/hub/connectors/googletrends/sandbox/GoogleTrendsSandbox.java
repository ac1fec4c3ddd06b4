package io.caravan.hub.connectors.googletrends.sandbox;

import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The feed at {@code /trending/rss?geo=}. Items of its own samples are dated "now" in the feed's Pacific time; recorded
 * feeds are sent as they are, one after another. The old address answers 404, as the vendor's does since 2025.
 */
public final class GoogleTrendsSandbox implements VendorSandbox {

    private static final DateTimeFormatter PUB_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    private final List<String> recorded = new ArrayList<>();
    private int next;

    @Override
    public String vendor() {
        return "google-trends";
    }

    @Override
    public void mount(Router router, SandboxState state) {
        router.on("GET", "/trending/rss", this::feed);
        router.otherwise(call -> page(404, "Error 404 (Not Found)"));
    }

    @Override
    public List<String> feed(Path folder) {
        List<String> told = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                boolean usable = text.contains("<item>") && text.contains("<channel");
                if (usable) {
                    recorded.add(text);
                }
                told.add(vendor() + ": " + (usable ? "feeds " : "leaves alone ") + file.getFileName());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("recordings in " + folder + " cannot be read", e);
        }
        return told;
    }

    private synchronized Answer feed(Call call) {
        if (call.query("geo").filter(geo -> geo.matches("[A-Z]{2}")).isEmpty()) {
            return page(400, "Error 400 (Bad Request)");
        }
        String body = recorded.isEmpty() ? sample() : recorded.get(next++ % recorded.size());
        return Answer.text(200, "application/rss+xml; charset=UTF-8", body);
    }

    private static String sample() {
        try (InputStream in = GoogleTrendsSandbox.class.getResourceAsStream("/google-trends/sandbox-feed.xml")) {
            if (in == null) {
                throw new IllegalStateException("the sandbox's feed is missing from the class path");
            }
            String now = ZonedDateTime.now(ZoneId.of("America/Los_Angeles")).format(PUB_DATE);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@now@", now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer page(int status, String title) {
        return Answer.text(
                status, "text/html; charset=UTF-8", "<!DOCTYPE html><html><title>" + title + "</title></html>");
    }
}
