package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The other half of the main job through the REST API: finds a product at a supplier and imports it into the shop. */
final class DemoImport {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final String SUPPLIER = "aliexpress";
    private static final String WORDS = "camping";
    private static final String ADDRESS = "https://www.aliexpress.com/item/%s.html";
    /** Of the sandbox's own catalogue, which is there beside recordings. */
    private static final String SAMPLE = "1005000000000101";

    private final HubApi api;
    private final DemoTerminal terminal;
    private final Duration patience;
    private final List<String> recorded;

    /** @param recorded ids of products that recordings brought along */
    DemoImport(HubApi api, DemoTerminal terminal, Duration patience, List<String> recorded) {
        this.api = api;
        this.terminal = terminal;
        this.patience = patience;
        this.recorded = recorded;
    }

    /** @return the import when the product is in the shop, null when it is not in time */
    @Nullable
    JsonNode tell() throws InterruptedException {
        terminal.say("");
        String found = find();
        if (found == null) {
            terminal.say(SUPPLIER + " offers nothing that could be imported");
            return null;
        }
        JsonNode accepted = api.post("/api/v1/imports", Map.of("source_url", found));
        String location = accepted.path("location").asText();
        terminal.say("Asked for its import: " + location);
        Duration end = terminal.elapsed().plus(patience);
        String told = "accepted";
        while (terminal.elapsed().compareTo(end) < 0) {
            JsonNode now = api.get(location);
            String step = now.path("step").asText();
            if (!step.equals(told)) {
                told = step;
                tellStep(step, now);
            }
            if (now.path("status").asText().equals("completed")) {
                return now;
            }
            if (now.path("status").asText().equals("failed")) {
                terminal.say("The import failed: " + now.path("reasons"));
                return null;
            }
            terminal.wait("the import, " + step);
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        terminal.say("No product in the shop after " + patience.toSeconds() + " s; job: "
                + api.get("/api/v1/jobs/" + accepted.path("job_id").asText()));
        return null;
    }

    /** The address of the first product that a preview can show: a person would look before importing too. */
    private @Nullable String find() {
        List<String> addresses = new ArrayList<>();
        recorded.forEach(id -> addresses.add(String.format(Locale.ROOT, ADDRESS, id)));
        api.get("/api/v1/products/search?supplier=" + SUPPLIER + "&q=" + WORDS)
                .path("items")
                .forEach(hit -> addresses.add(hit.path("url").asText()));
        addresses.add(String.format(Locale.ROOT, ADDRESS, SAMPLE));
        for (String address : addresses) {
            try {
                JsonNode preview = api.post("/api/v1/products/preview", Map.of("source_url", address));
                terminal.say("Previewed at " + SUPPLIER + ": "
                        + preview.path("title").asText());
                terminal.detail(address);
                return address;
            } catch (ApiFailure refused) {
                terminal.detail(address + " cannot be imported: " + refused.getMessage());
            }
        }
        return null;
    }

    private void tellStep(String step, JsonNode now) {
        switch (step) {
            case "fetched" -> {
                terminal.say(now.path("variants").asInt() + " variants, "
                        + now.path("losses").size() + " fields of the supplier's reply not carried");
                JsonNode variant = now.path("product").path("variants").path(0);
                terminal.detail(String.format(
                        Locale.ROOT,
                        "from %.2f %s, cost %.2f %s, margin %s%%",
                        variant.path("price").path("minor").asLong() / 100.0,
                        variant.path("price").path("currency").asText(),
                        variant.path("cost").path("minor").asLong() / 100.0,
                        variant.path("cost").path("currency").asText(),
                        now.path("margin_percent").asText()));
            }
            case "illustrated" -> terminal.say(now.path("images").asInt() + " pictures fetched, made small and kept");
            case "created" -> {
                terminal.say("In the shop: " + now.path("title").asText());
                terminal.detail("product  " + now.path("shop_product_id").asText());
                terminal.detail("address  " + now.path("url").asText());
            }
            default -> terminal.say(step);
        }
    }
}
