package io.caravan.hub.connectors.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.caravan.hub.connectors.egress.VendorContract.Seen;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that the helper can find what it is there to find, on documents of both dialects. */
class VendorContractTest {

    private static final String LISTINGS = "/v3/application/shops/12/listings";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String GOOD =
            "quantity=5&title=Moss&description=Green&price=9.5&who_made=i_did&when_made=2020_2026&taxonomy_id=1&tags=a,b";

    @Test
    void shouldFindNothingInAGoodForm() {
        assertThat(etsy(LISTINGS, Map.of(), GOOD, 201, "{\"listing_id\":7,\"state\":\"draft\"}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "who_made=i_did, who_made=me, body $.who_made",
        "quantity=5, quantity=many, body $.quantity",
        "title=Moss&, '', 'required property ''title'''",
        "tags=a, colour=b, body has unknown colour",
        "taxonomy_id=1, taxonomy_id=0, body $.taxonomy_id"
    })
    void shouldFindABadField(String good, String bad, String expected) {
        assertThat(etsy(LISTINGS, Map.of(), GOOD.replace(good, bad), 0, null))
                .singleElement()
                .asString()
                .contains(expected);
    }

    @Test
    void shouldFindAReplyThatBreaksTheDocument() {
        assertThat(etsy(LISTINGS, Map.of(), GOOD, 201, "{\"listing_id\":\"7\"}"))
                .hasSize(1);
        assertThat(etsy(LISTINGS, Map.of(), GOOD, 201, "{\"id\":7}"))
                .singleElement()
                .asString()
                .contains("unknown id");
        assertThat(etsy(LISTINGS, Map.of(), GOOD, 200, "{}"))
                .singleElement()
                .asString()
                .contains("status is not in");
        assertThat(etsy(LISTINGS, Map.of(), GOOD, 400, "[]")).isNotEmpty();
        assertThat(etsy(LISTINGS, Map.of(), GOOD, 429, "{}")).isEmpty();
    }

    @Test
    void shouldFindAnUnknownPathAndQuery() {
        assertThat(etsy("/v2/listings", Map.of(), GOOD, 0, null))
                .singleElement()
                .asString()
                .contains("no such operation");
        Seen list = new Seen(
                "GET",
                LISTINGS,
                Map.of("state", List.of("removed"), "page", List.of("1"), "limit", List.of("100")),
                "",
                new byte[0],
                0,
                null,
                null);
        assertThat(VendorContract.of("etsy/openapi.json").violations(list)).hasSize(2);
    }

    @Test
    void shouldReadTheDialectOf31() {
        VendorContract sendgrid = VendorContract.of("sendgrid/openapi.json");
        String good =
                "{\"personalizations\":[{\"to\":[{\"email\":\"a@example.com\"}]}],\"from\":{\"email\":\"b@example.com\"},"
                        + "\"subject\":\"hi\",\"content\":[{\"type\":\"text/plain\",\"value\":\"x\"}]}";
        assertThat(sendgrid.violations(json("/v3/mail/send", good))).isEmpty();
        assertThat(sendgrid.violations(json("/v3/mail/send", good.replace("\"subject\":\"hi\",", "\"subject\":7,"))))
                .isNotEmpty();
        VendorContract openai = VendorContract.of("openai/openapi.json").under("/v1");
        assertThat(openai.violations(json(
                        "/v1/chat/completions",
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")))
                .isEmpty();
        assertThat(openai.violations(json("/v1/chat/completions", "{\"model\":\"m\"}")))
                .isNotEmpty();
    }

    @Test
    void shouldTellABodyThatTheLogCutFromOneThatIsMissing() {
        VendorContract openai = VendorContract.of("openai/openapi.json").under("/v1");
        String cut = "{\"input\":[\"" + "x".repeat(20_000 - 11);
        assertThat(openai.violations(List.of(logged("/v1/moderations", "application/json", cut))))
                .isEmpty();
        assertThat(openai.violations(List.of(logged("/v1/moderations", "application/json", ""))))
                .singleElement()
                .asString()
                .endsWith("lacks its body");
        assertThat(openai.violations(List.of(logged("/v1/moderations", "text/plain", cut))))
                .as("its type is known although its end is not")
                .singleElement()
                .asString()
                .contains("text/plain");
    }

    @Test
    void shouldHoldTheRequestToTheDocumentWhenItsReplyWasCut() throws Exception {
        String cut = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"listing";
        try (ServerSocket vendor = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> {
                try (Socket one = vendor.accept()) {
                    one.getInputStream().read(new byte[4_096]);
                    one.getOutputStream().write(cut.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            answers.start();
            URI target = URI.create("http://127.0.0.1:" + vendor.getLocalPort());
            try (ContractProxy proxy = new ContractProxy(VendorContract.of("etsy/openapi.json"), target)) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(proxy.url() + LISTINGS))
                        .header("Content-Type", FORM)
                        .POST(HttpRequest.BodyPublishers.ofString(GOOD.replace("quantity=5", "quantity=many")))
                        .build();
                assertThatIOException()
                        .isThrownBy(
                                () -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> proxy.violations().size() == 1);
                assertThat(proxy.violations()).singleElement().asString().contains("body $.quantity");
            }
        }
    }

    private static ReceivedRequest logged(String path, String type, String body) {
        return new ReceivedRequest("now", "POST", path, Map.of(), Map.of("Content-type", type), body, 200);
    }

    private static Seen json(String path, String body) {
        return new Seen(
                "POST", path, Map.of(), "application/json", body.getBytes(StandardCharsets.UTF_8), 0, null, null);
    }

    private static List<String> etsy(
            String path, Map<String, List<String>> query, String form, int status, @Nullable String reply) {
        return VendorContract.of("etsy/openapi.json")
                .violations(new Seen(
                        "POST",
                        path,
                        query,
                        FORM,
                        form.getBytes(StandardCharsets.UTF_8),
                        status,
                        "application/json",
                        reply == null ? null : reply.getBytes(StandardCharsets.UTF_8)));
    }
}
