package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A supplier's product, or a file of them, into a shop. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Imports the product at an address of a supplier, those of a CSV file, or those that a supplier finds for"
                        + " some words, into a shop, and shows how it goes. A file's results are written beside it,"
                        + " FILE.results.csv.")
final class ImportCommand implements Callable<Integer> {

    private static final List<String> STEPS = List.of("accepted", "fetched", "illustrated", "created");
    private static final long LOOK_EVERY_MS = 500;

    @Mixin
    private ApiOptions options = new ApiOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "URL|FILE.csv",
            description = "Address of the product, or SUPPLIER:ID, or a file with the columns"
                    + " source_url, markup_percent, tags, shop.")
    private @Nullable String source;

    @Option(names = "--search", paramLabel = "WORDS", description = "Imports what a supplier finds for these words.")
    private @Nullable String words;

    @Option(
            names = "--supplier",
            description = "That is searched; the beginning of its name is enough. Default: the first that can search.")
    private @Nullable String supplier;

    @Option(names = "--limit", paramLabel = "N", description = "Most products of a search. Default: 20.")
    private @Nullable Integer limit;

    @Option(names = "--shop", description = "Into which shop. Default: as import-defaults.yaml says.")
    private @Nullable String shop;

    @Option(names = "--markup", paramLabel = "PERCENT", description = "Of the cost. Default: the shop's pricing rules.")
    private @Nullable Double markup;

    @Option(names = "--tag", paramLabel = "TAG", description = "May be given more than once.")
    private @Nullable List<String> tags;

    @Option(names = "--draft", description = "Leaves a draft in the shop.")
    private boolean draft;

    @Option(names = "--preview", description = "Shows what an import would make of it; makes nothing.")
    private boolean preview;

    @Option(names = "--no-wait", description = "Says the import's id and does not follow it.")
    private boolean noWait;

    @Override
    public Integer call() throws InterruptedException {
        if ((source == null) == (words == null)) {
            throw new ApiFailure(Exit.USAGE, "give an address, a file, or --search with some words");
        }
        if (words == null && (supplier != null || limit != null)) {
            throw new ApiFailure(Exit.USAGE, "--supplier and --limit are of --search");
        }
        HubApi api = options.api();
        return words == null ? one(api, Objects.requireNonNull(source)) : search(api, words);
    }

    private int search(HubApi api, String wanted) throws InterruptedException {
        if (preview) {
            throw new ApiFailure(Exit.USAGE, "a preview is of one product");
        }
        Map<String, Object> request = wishes();
        request.put("q", wanted);
        if (supplier != null) {
            request.put("supplier", named(api, supplier));
        }
        if (limit != null) {
            request.put("limit", limit);
        }
        JsonNode accepted = api.post("/api/v1/imports/search", request);
        if (noWait) {
            options.print(accepted, List.of());
            return Exit.OK;
        }
        JsonNode done = BatchBar.follow(api, accepted.path("location").asText());
        options.print(done, List.of());
        boolean whole = done.path("refused").asInt() + done.path("failed").asInt() == 0
                && done.path("reason").asText("").isEmpty();
        return whole ? Exit.OK : Exit.FAILED;
    }

    /** The supplier that is called so, else the only one that begins so; the hub refuses what is neither. */
    private static String named(HubApi api, String beginning) {
        List<String> known = api.get("/api/v1/suppliers").path("items").findValuesAsText("supplier").stream()
                .filter(name -> name.startsWith(beginning))
                .toList();
        return known.size() == 1 && !known.contains(beginning) ? known.get(0) : beginning;
    }

    private int one(HubApi api, String source) throws InterruptedException {
        if (ImportFile.is(source)) {
            if (preview || draft || shop != null || markup != null || tags != null) {
                throw new ApiFailure(Exit.USAGE, "a file says itself what is to be done with each of its products");
            }
            return new ImportFile(api, options, Path.of(source)).run(!noWait);
        }
        if (preview) {
            options.print(api.post("/api/v1/products/preview", request(source)), List.of());
            return Exit.OK;
        }
        JsonNode accepted = api.post("/api/v1/imports", request(source));
        if (noWait) {
            options.print(accepted, List.of());
            return Exit.OK;
        }
        JsonNode done = follow(api, accepted.path("location").asText());
        options.print(done, List.of());
        return done.path("status").asText().equals("completed") ? Exit.OK : Exit.FAILED;
    }

    private Map<String, Object> request(String source) {
        Map<String, Object> request = wishes();
        int colon = source.indexOf(':');
        if (source.contains("://") || colon < 0) {
            request.put("source_url", source);
        } else {
            request.put("supplier", source.substring(0, colon));
            request.put("product_id", source.substring(colon + 1));
        }
        return request;
    }

    private Map<String, Object> wishes() {
        Map<String, Object> request = new LinkedHashMap<>();
        if (shop != null) {
            request.put("shop", shop);
        }
        if (markup != null) {
            request.put("markup_percent", markup);
        }
        if (tags != null) {
            request.put("tags", tags);
        }
        if (draft) {
            request.put("publish", false);
        }
        return request;
    }

    /** Until it is completed or has failed; says each step when it is done. */
    private JsonNode follow(HubApi api, String location) throws InterruptedException {
        int told = 0;
        while (true) {
            JsonNode now = api.get(location);
            int done = STEPS.indexOf(now.path("step").asText()) + 1;
            for (; told < done; told++) {
                options.say(bar(told + 1) + " " + STEPS.get(told) + detail(STEPS.get(told), now));
            }
            if (List.of("completed", "failed").contains(now.path("status").asText())) {
                return now;
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    private static String bar(int done) {
        return "[" + "#".repeat(done * 5) + ".".repeat((STEPS.size() - done) * 5) + "]";
    }

    private static String detail(String step, JsonNode now) {
        return switch (step) {
            case "fetched" ->
                ": " + now.path("title").asText() + ", " + now.path("variants").asInt() + " variants, margin "
                        + now.path("margin_percent").asText() + "%";
            case "illustrated" -> ": " + now.path("images").asInt() + " pictures";
            case "created" -> ": " + now.path("url").asText();
            default ->
                ": " + now.path("supplier").asText() + " "
                        + now.path("product_id").asText() + " to "
                        + now.path("shop").asText();
        };
    }
}
