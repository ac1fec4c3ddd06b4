package io.caravan.hub.routes.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.routes.api.matrix.Endpoints.Door;
import io.caravan.hub.routes.api.matrix.MatrixHub.Answer;
import io.caravan.hub.routes.policy.FlowHub;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The addresses of {@code addresses.txt} by every field that takes an address; a trap says whether anybody was called. */
class SsrfMatrixTest {

    /** Fields of the contract that hold an address and what tries them. One that is not here fails the build. */
    private static final Map<String, String> FIELDS = Map.of("source_url", "sources", "storeUrl", "stores");

    private final MatrixHub hub = MatrixHub.shared();
    private final List<String> wrong = new ArrayList<>();
    private ServerSocket trap;
    private int cases;

    @BeforeEach
    void set() throws IOException {
        trap = new ServerSocket(0);
        trap.setSoTimeout(1);
    }

    @AfterEach
    void release() throws IOException {
        trap.close();
    }

    @Test
    void shouldKnowEachFieldThatTakesAnAddress() throws Exception {
        Set<String> fields = new TreeSet<>();
        Answer contract = hub.send(Door.API, "GET", "/v3/api-docs", Map.of(), (Object) null);
        contract.body().path("components").path("schemas").fields().forEachRemaining(schema -> {
            boolean request =
                    schema.getKey().endsWith("Request") || schema.getKey().equals("ProductScored");
            schema.getValue().path("properties").fieldNames().forEachRemaining(name -> {
                if (request && (name.contains("url") || name.contains("uri"))) {
                    fields.add(name);
                }
            });
        });
        for (String kind : List.of("shops", "suppliers")) {
            hub.send(Door.API, "GET", "/api/v1/" + kind + "/accounts", hub.bearer("admin"), (Object) null)
                    .body()
                    .findValues("takes")
                    .forEach(takes -> takes.path("settings").forEach(name -> {
                        // where the shop is to fetch our pictures: the shop's own business, nobody is called
                        if (name.asText().contains("Url") && !name.asText().equals("publicObjectsUrl")) {
                            fields.add(name.asText());
                        }
                    }));
        }
        assertThat(fields).isEqualTo(new TreeSet<>(FIELDS.keySet()));
    }

    @Test
    void shouldConnectToNoAddressOfTheInside() throws Exception {
        List<String> addresses = addresses();
        for (String address : addresses) {
            sources(address);
            stores(address);
            pictures(address);
        }
        rows(addresses);
        System.out.println(
                "SSRF matrix: " + addresses.size() + " addresses, " + cases + " cases, " + wrong.size() + " wrong");
        assertThat(addresses).hasSizeGreaterThanOrEqualTo(90);
        assertThat(wrong).isEmpty();
    }

    private List<String> addresses() throws IOException {
        return Files.readAllLines(MatrixHub.ROOT.resolve("routes/api/test/matrix/addresses.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(SsrfMatrixTest::unescaped)
                .map(line -> line.replace("PORT", String.valueOf(trap.getLocalPort())))
                .toList();
    }

    private static String unescaped(String line) {
        return Pattern.compile("\\\\u([0-9A-Fa-f]{4})")
                .matcher(line)
                .replaceAll(code -> String.valueOf((char) Integer.parseInt(code.group(1), 16)))
                .replace("\\t", "\t")
                .replace("\\r", "\r")
                .replace("\\n", "\n");
    }

    private void sources(String address) throws IOException {
        Map<String, Object> body = Map.of("source_url", address);
        for (String path : List.of("/api/v1/products/preview", "/api/v1/imports")) {
            judge(path, address, send("POST", path, "third", body), Set.of(400, 422));
        }
        byte[] raw = MatrixHub.JSON.writeValueAsBytes(Map.of("source_url", address, "score", 100));
        Answer scored = hub.send(
                Door.API,
                "POST",
                "/api/v1/webhooks/product-scored",
                hub.webhooks.scorer(Webhooks.Secret.CURRENT, MatrixHub.newKey(), Instant.now(), raw),
                raw);
        judge("a scored product", address, scored, Set.of(202, 400));
        check(
                scored.status() != 202 || scored.body().path("outcome").asText().equals("refused"),
                "a scored product with " + address + " is " + scored.text());
    }

    private void stores(String address) throws IOException {
        for (String shop : List.of("shopify", "woocommerce")) {
            Map<String, Object> body = Map.of(
                    "shop",
                    shop,
                    "credentials",
                    shop.equals("shopify")
                            ? Map.of("accessToken", "x")
                            : Map.of("consumerKey", "x", "consumerSecret", "y"),
                    "settings",
                    Map.of("storeUrl", address));
            judge("storeUrl", address, send("POST", "/api/v1/shops/accounts", "third", body), Set.of(400, 422));
        }
    }

    /** Pictures of products, whose addresses suppliers tell. */
    private void pictures(String address) throws IOException {
        Exchange fetched = hub.hub.camel().createProducerTemplate().request("kamelet:media-fetch-action", exchange -> {
            exchange.setVariable("account", new AccountId("third"));
            exchange.getMessage().setBody(Map.of("url", address));
        });
        check(fetched.getException() != null, "a picture was fetched from " + address);
        quiet("a picture", address);
        cases++;
    }

    /** All of them as rows of one file. */
    private void rows(List<String> addresses) throws IOException {
        StringBuilder csv = new StringBuilder("source_url\n");
        addresses.forEach(
                address -> csv.append('"').append(address.replace("\"", "\"\"")).append("\"\n"));
        Map<String, String> headers = new LinkedHashMap<>(hub.bearer("third"));
        headers.put("Idempotency-Key", MatrixHub.newKey());
        headers.put("Content-Type", "text/csv; charset=utf-8");
        Answer file = hub.send(
                Door.API,
                "POST",
                "/api/v1/imports/bulk",
                headers,
                csv.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(file.status()).as(file.text()).isEqualTo(202);
        String batch = file.body().path("location").asText();
        await("the file is read")
                .atMost(FlowHub.PATIENCE)
                .until(() -> List.of("completed", "failed")
                        .contains(send("GET", batch, "third", null)
                                .body()
                                .path("status")
                                .asText()));
        assertThat(send("GET", batch, "third", null).body().path("accepted").asInt())
                .isZero();
        quiet("a file", "all rows");
        cases += addresses.size();
    }

    private Answer send(String verb, String path, String key, @Nullable Object body) {
        Map<String, String> headers = new LinkedHashMap<>(hub.bearer(key));
        headers.put("Idempotency-Key", MatrixHub.newKey());
        return hub.send(Door.API, verb, path, headers, body);
    }

    private void judge(String what, String address, Answer answer, Set<Integer> how) throws IOException {
        check(
                how.contains(answer.status()),
                what + " with " + address + " -> " + answer.status() + " " + answer.text());
        quiet(what, address);
        cases++;
    }

    private void quiet(String what, String address) throws IOException {
        try {
            trap.accept().close();
            wrong.add(what + " CALLED " + address);
        } catch (SocketTimeoutException nobodyCame) {
            // as it should be
        }
    }

    private void check(boolean right, String otherwise) {
        if (!right) {
            wrong.add(otherwise);
        }
    }
}
