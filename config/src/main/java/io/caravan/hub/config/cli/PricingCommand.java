package io.caravan.hub.config.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.hub.model.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What imports are priced by. */
@Command(
        name = "pricing",
        mixinStandardHelpOptions = true,
        description = "Pricing rules of imports.",
        subcommands = PricingCommand.DryRun.class)
final class PricingCommand implements Runnable {

    @picocli.CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private picocli.CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Reads the answer as it comes: a catalogue of any size needs no memory here either. */
    @Command(
            name = "dry-run",
            mixinStandardHelpOptions = true,
            description =
                    "Shows before, after and margin of every imported variant as rules would make it, and the totals;"
                            + " changes nothing.")
    static final class DryRun implements Runnable {

        private static final ObjectMapper JSON = new ObjectMapper();
        private static final String LINE = "%-24s %-40s %14s %14s %14s %8s %8s  %s%n";

        @Mixin
        private ApiOptions options = new ApiOptions();

        @Option(names = "--shop", paramLabel = "SHOP", description = "Default: every shop that is connected.")
        private @Nullable String shop;

        @Option(
                names = "--rules",
                paramLabel = "FILE",
                description =
                        "Rules to try, of the shape of import-pricing.yaml. Default: those that the shop has now.")
        private @Nullable Path rules;

        @Override
        public void run() {
            HubApi api = options.api();
            Object request = request();
            List<String> shops = shop == null ? connected(api) : List.of(shop);
            PrintWriter out = options.out();
            if (options.json() && shop == null) {
                out.print("{\"shops\":[");
            }
            for (int i = 0; i < shops.size(); i++) {
                if (options.json() && i > 0) {
                    out.print(",");
                }
                String path = "/api/v1/shops/" + DeadCommand.encoded(shops.get(i)) + "/pricing/dry-run";
                try (InputStream answer = api.open(path, request)) {
                    if (options.json()) {
                        new InputStreamReader(answer, StandardCharsets.UTF_8).transferTo(out);
                    } else {
                        table(answer, out);
                    }
                } catch (IOException e) {
                    throw new ApiFailure(Exit.FAILED, "the answer broke off: " + e.getMessage());
                }
            }
            if (options.json()) {
                out.println(shop == null ? "]}" : "");
            }
            out.flush();
        }

        private Object request() {
            Map<String, Object> request = new LinkedHashMap<>();
            Path file = rules;
            if (file != null) {
                try {
                    request.put("rules", new YAMLMapper().readTree(Files.readString(file)));
                } catch (java.nio.file.NoSuchFileException e) {
                    throw new ApiFailure(Exit.NOT_FOUND, "there is no file " + file);
                } catch (IOException e) {
                    throw new ApiFailure(Exit.USAGE, file + " cannot be read: " + e.getMessage());
                }
            }
            return request;
        }

        private static List<String> connected(HubApi api) {
            List<String> shops = api.get("/api/v1/shops/accounts")
                    .path("items")
                    .valueStream()
                    .filter(one -> !one.path("state").asText().equals("not-connected"))
                    .map(one -> one.path("shop").asText())
                    .toList();
            if (shops.isEmpty()) {
                throw new ApiFailure(Exit.NOT_FOUND, "the account is connected to no shop");
            }
            return shops;
        }

        private static void table(InputStream answer, PrintWriter out) throws IOException {
            try (JsonParser parser = JSON.createParser(answer)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (field.equals("items")) {
                        out.printf(LINE, "SKU", "TITLE", "COST", "BEFORE", "AFTER", "MARGIN", "WAS", "");
                        while (parser.nextToken() != JsonToken.END_ARRAY) {
                            row(JSON.readTree(parser), out);
                        }
                    } else if (field.equals("totals")) {
                        totals(JSON.readTree(parser), out);
                    } else if (value == JsonToken.VALUE_STRING) {
                        out.println(field + ": " + parser.getText());
                    }
                }
            }
        }

        private static void row(JsonNode row, PrintWriter out) {
            String said = row.hasNonNull("error")
                    ? row.path("error").asText()
                    : row.path("warning").isNull() ? "" : row.path("warning").asText();
            out.printf(
                    LINE,
                    row.path("sku").asText(),
                    cut(row.path("title").asText()),
                    money(row.path("cost")),
                    money(row.path("before")),
                    money(row.path("after")),
                    percent(row.path("margin_percent")),
                    percent(row.path("margin_before_percent")),
                    said);
        }

        private static void totals(JsonNode totals, PrintWriter out) {
            out.println();
            totals.properties()
                    .forEach(one -> out.printf(
                            Locale.ROOT,
                            "%-30s %s%n",
                            one.getKey().replace('_', ' '),
                            one.getValue().isNull() ? "-" : one.getValue().asText()));
        }

        private static String cut(String title) {
            return title.length() > 40 ? title.substring(0, 39) + "…" : title;
        }

        private static String money(JsonNode money) {
            return money.hasNonNull("currency")
                    ? Money.of(
                                    money.path("amount_minor").asLong(),
                                    money.path("currency").asText())
                            .toString()
                    : "-";
        }

        private static String percent(JsonNode percent) {
            return percent.isNumber() ? percent.asText() + "%" : "-";
        }
    }
}
