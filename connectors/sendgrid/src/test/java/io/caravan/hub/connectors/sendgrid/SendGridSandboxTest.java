package io.caravan.hub.connectors.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.egress.ContractProxy;
import io.caravan.hub.connectors.egress.VendorContract;
import io.caravan.hub.connectors.sendgrid.sandbox.SendGridSandbox;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector, its sandbox, the vendor's document and a webhook together. */
class SendGridSandboxTest {

    private record Post(byte[] raw, Map<String, String> headers) {}

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<Post> posts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private ConnectorKit kit;
    private HttpServer hub;

    @BeforeEach
    void start() throws Exception {
        kit = new ConnectorKit(
                folder, new SendGridSandbox(), SendGridKameletTest.SECRETS, SendGridKameletTest.SETTINGS);
        kit.bind("mailReceipts", (MailReceipts) reference -> Optional.empty());
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        hub.createContext("/", this::receive);
        hub.start();
    }

    @AfterEach
    void stop() {
        hub.stop(0);
        kit.close();
    }

    @Test
    void shouldKeepToTheVendorsDocumentOnBothSides() throws Exception {
        VendorContract contract = VendorContract.of("sendgrid/openapi.json");
        try (ContractProxy proxy = contract.watch(kit)) {
            send(SendGridKameletTest.MAIL);
            send(Map.of("to", List.of("a@example.com", "b@example.com", "a@example.com"), "template_id", "d-1"));
            refused(Map.of("to", "nobody@nowhere", "subject", "s", "html", "<p>x</p>"));
            control("settings", "{\"requests_per_minute\":1}");
            send(SendGridKameletTest.MAIL);
            refused(SendGridKameletTest.MAIL);
            assertThat(proxy.seen()).extracting(VendorContract.Seen::status).containsExactly(202, 202, 400, 202, 429);
            assertThat(proxy.violations()).isEmpty();
        }
    }

    @Test
    void shouldTellSignedEventsBatchedTwiceAndOutOfOrder() throws Exception {
        control("webhook", "{\"url\":\"http://127.0.0.1:" + hub.getAddress().getPort() + "/hook\"}");
        VendorObject sent = send(Map.of(
                "to",
                List.of("seller@example.com", "bounce@example.com"),
                "subject",
                "s",
                "text",
                "t",
                "category",
                "c"));
        await().atMost(Duration.ofSeconds(60)).until(() -> posts.size() == 2);

        SendGridWebhook webhook = new SendGridWebhook(publicKey());
        SendGridEventMapper mapper = new SendGridEventMapper();
        assertThat(posts).allSatisfy(post -> {
            assertThat(webhook.verify(post.raw(), post.headers())).isTrue();
            assertThat(post.raw()).endsWith((byte) '\r', (byte) '\n');
        });
        List<MailEvent> events = posts.stream()
                .flatMap(post -> mapper.events(post.raw()).stream())
                .toList();
        assertThat(events)
                .extracting(MailEvent::kind)
                .containsExactly("delivered", "processed", "bounce", "processed", "processed", "processed");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.messageId()).isEqualTo(sent.id());
            assertThat(event.hubMessageId()).isEqualTo("ref26");
            assertThat(event.categories()).containsExactly("c");
        });
        assertThat(events.stream().map(MailEvent::eventId).distinct()).hasSize(4);
        assertThat(events.get(2).reason()).startsWith("550");
    }

    @Test
    void shouldRepeatRefusedEventsUnderNewIds() throws Exception {
        refusals.set(1);
        control("webhook", "{\"url\":\"http://127.0.0.1:" + hub.getAddress().getPort() + "/hook\"}");
        send(SendGridKameletTest.MAIL);
        await().atMost(Duration.ofSeconds(60)).until(() -> posts.size() == 3);

        SendGridEventMapper mapper = new SendGridEventMapper();
        List<MailEvent> events = posts.stream()
                .flatMap(post -> mapper.events(post.raw()).stream())
                .filter(event -> event.kind().equals("delivered"))
                .toList();
        assertThat(events).hasSize(2);
        assertThat(events.get(0).eventId()).isNotEqualTo(events.get(1).eventId());
        assertThat(events.get(0).dedupeKey()).isEqualTo(events.get(1).dedupeKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail-send-request-1", "mail-send-request-2"})
    void shouldAcceptTheVendorsOwnExamples(String name) throws Exception {
        String body = Recordings.read(name).at("/request/body").toString();
        HttpRequest request = HttpRequest.newBuilder(kit.sandbox().url().resolve("/sendgrid/v3/mail/send"))
                .header("Authorization", "Bearer SG.test-0123456789")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEmpty();
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("X-Message-Id")).isPresent();
    }

    @Test
    void shouldTellItsEventsToLoopbackAlone() throws Exception {
        assertThat(control("webhook", "{\"url\":\"http://192.0.2.1/hook\"}")).isEqualTo(400);
        assertThat(control("webhook", "{\"url\":\"file:///etc/passwd\"}")).isEqualTo(400);
    }

    @Test
    void shouldKeepItsKeyOverARestart() throws Exception {
        String before = publicKey();
        kit.close();
        kit = new ConnectorKit(
                folder, new SendGridSandbox(), SendGridKameletTest.SECRETS, SendGridKameletTest.SETTINGS);
        assertThat(publicKey()).isEqualTo(before);
    }

    private VendorObject send(Map<String, Object> mail) {
        return (VendorObject) kit.call(SendGridKameletTest.CREATE, mail, Map.of("reference", "ref26"));
    }

    private void refused(Map<String, Object> mail) {
        assertThat(catchThrowableOfType(VendorException.class, () -> send(mail)))
                .isNotNull();
    }

    private String publicKey() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(control("public-key")).build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return Recordings.JSON.readTree(body).path("public_key").asText();
    }

    private int control(String what, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(control(what))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private URI control(String what) {
        return kit.sandbox().url().resolve("/sendgrid/_control/" + what);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new java.util.TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            posts.add(new Post(exchange.getRequestBody().readAllBytes(), headers));
            exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 503 : 204, -1);
        }
    }
}
