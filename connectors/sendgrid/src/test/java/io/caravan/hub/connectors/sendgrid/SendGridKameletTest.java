package io.caravan.hub.connectors.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sendgrid.sandbox.SendGridSandbox;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendGridKameletTest {

    static final String CREATE = "kamelet:sendgrid-mail-create-action";
    static final String LOOKUP = "kamelet:sendgrid-mail-lookup-action";
    static final Map<String, Object> MAIL = Map.of(
            "to", List.of("seller@example.com"),
            "subject", "Your listing is live",
            "text", "It is live.",
            "html", "<p>It is live.</p>",
            "category", "listing-live");
    static final Map<String, String> SECRETS = Map.of("apiKey", "SG.test-0123456789");
    static final Map<String, String> SETTINGS =
            Map.of("fromEmail", "hub@example.com", "fromName", "Caravan", "replyTo", "help@example.com");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REFERENCE = "ref26characterslong0000000";

    @TempDir
    Path folder;

    private final Map<String, String> receipts = new LinkedHashMap<>();
    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = kit("first", SECRETS, SETTINGS);
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldSendAMailAndTellItsMessageId() throws Exception {
        Exchange done = kit.exchange(CREATE, MAIL, Map.of("reference", REFERENCE));
        VendorObject sent = done.getMessage().getBody(VendorObject.class);

        assertThat(sent.id()).matches("[0-9a-f]{22}");
        assertThat(sent.state()).isEqualTo("accepted");
        assertThat(done.getMessage().getHeaders()).isEmpty();
        assertThat(done.getVariable("limits", Map.class)).containsEntry("window_remaining", 9_999L);
        assertThat(done.getVariable("limits", Map.class).get("reset_seconds"))
                .asInstanceOf(LONG)
                .isBetween(30L, 60L);
        assertThat(kit.sandbox().state("sendgrid").get("mails", sent.id())).isPresent();
        JsonNode body = sentBody();
        assertThat(body.at("/personalizations/0/to/0/email").asText()).isEqualTo("seller@example.com");
        assertThat(body.at("/personalizations/0/custom_args/hub_message_id").asText())
                .isEqualTo(REFERENCE);
        assertThat(body.at("/from/email").asText()).isEqualTo("hub@example.com");
        assertThat(body.at("/from/name").asText()).isEqualTo("Caravan");
        assertThat(body.at("/reply_to/email").asText()).isEqualTo("help@example.com");
        assertThat(body.path("subject").asText()).isEqualTo("Your listing is live");
        assertThat(body.at("/content/0/type").asText()).isEqualTo("text/plain");
        assertThat(body.at("/content/0/value").asText()).isEqualTo("It is live.");
        assertThat(body.at("/content/1/type").asText()).isEqualTo("text/html");
        assertThat(body.at("/categories/0").asText()).isEqualTo("listing-live");
        assertThat(body.has("mail_settings")).isFalse();
        assertThat(kit.sandbox().requests("sendgrid").get(0).headers())
                .containsEntry("Authorization", "Bearer SG.test-0123456789");
    }

    @Test
    void shouldNotTakeThePageOfSomethingInBetweenForASentMail() {
        kit.sandbox()
                .arm(new Fault(
                        "sendgrid",
                        "POST",
                        null,
                        0,
                        1,
                        Fault.Kind.ANSWER,
                        200,
                        Map.of("Content-Type", "text/html"),
                        "<html>Are you human?</html>",
                        0));

        VendorException doubt = catchThrowableOfType(
                VendorException.class, () -> kit.call(CREATE, MAIL, Map.of("reference", REFERENCE)));

        assertThat(doubt.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(kit.sandbox().state("sendgrid").list("mails")).isEmpty();
    }

    @Test
    void shouldSendATemplateWithItsDataAlone() throws Exception {
        Map<String, Object> mail = Map.of(
                "to",
                "seller@example.com",
                "template_id",
                "d-0123abc",
                "template_data",
                Map.of("name", "Kim", "count", 3));
        VendorObject sent = (VendorObject) kit.call(CREATE, mail, Map.of("reference", REFERENCE));

        assertThat(sent.state()).isEqualTo("accepted");
        JsonNode body = sentBody();
        assertThat(body.path("template_id").asText()).isEqualTo("d-0123abc");
        assertThat(body.at("/personalizations/0/dynamic_template_data/name").asText())
                .isEqualTo("Kim");
        assertThat(body.at("/personalizations/0/dynamic_template_data/count").asInt())
                .isEqualTo(3);
        assertThat(body.has("subject")).isFalse();
        assertThat(body.has("content")).isFalse();
    }

    @Test
    void shouldValidateOnlyInTheVendorsSandboxMode() throws Exception {
        Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
        settings.put("sandboxMode", "true");
        kit.close();
        kit = kit("second", SECRETS, settings);
        VendorObject sent = (VendorObject) kit.call(CREATE, MAIL, Map.of("reference", REFERENCE));

        assertThat(sent).isEqualTo(new VendorObject("", "validated", Map.of()));
        assertThat(kit.sandbox().state("sendgrid").list("mails")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'SG.revoked-key', hub@example.com,     UNAUTHORISED, http-401",
        "'not-a-key-0000', hub@example.com,     UNAUTHORISED, http-401",
        "'SG.used-up-key', hub@example.com,     EXHAUSTED,    credits-exceeded",
        "'SG.good-key-00', hub@unverified.shop, UNAUTHORISED, sender-not-verified"
    })
    void shouldTellWhyTheAccountMayNotSend(String key, String from, ErrorKind kind, String code) throws Exception {
        kit.close();
        kit = kit("second", Map.of("apiKey", key), Map.of("fromEmail", from));
        VendorException refusal = refusal(MAIL);
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.getMessage() + refusal.body()).doesNotContain(key);
    }

    @Test
    void shouldNameTheFieldThatTheVendorRefuses() {
        VendorException refusal = refusal(Map.of("to", "nobody@nowhere", "subject", "s", "text", "t"));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(refusal).hasMessageContaining("personalizations.0.to.0.email: Does not contain a valid address");
    }

    @Test
    void shouldWaitForTheWindowOfA429() {
        long reset = Instant.now().getEpochSecond() + 30;
        kit.sandbox().arm(answer(429, "{\"errors\":[]}", Map.of("X-RateLimit-Reset", String.valueOf(reset))));
        assertThat(refusal(MAIL).retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(31));

        kit.sandbox().arm(answer(429, "", Map.of()));
        VendorException bare = refusal(MAIL);
        assertThat(bare.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(bare.retryAfter()).isEmpty();
    }

    @Test
    void shouldTakeServerTroubleForAnUnknownOutcome() {
        kit.sandbox().arm(answer(500, "<html>oops</html>", Map.of("Content-Type", "text/html")));
        kit.sandbox().arm(new Fault("*", null, null, 0, 1, Fault.Kind.EFFECT_RESET, null, null, null, 0));
        assertThat(refusal(MAIL).kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal(MAIL).kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(kit.sandbox().state("sendgrid").list("mails"))
                .as("sent, though it looked broken")
                .hasSize(1);
        assertThat(kit.sandbox().requests("sendgrid")).hasSize(2);
    }

    @Test
    void shouldGiveUpWaitingInTime() {
        kit.sandbox().arm(new Fault("*", null, null, 0, 1, Fault.Kind.HANG, null, null, null, 60_000));
        VendorException refusal = catchThrowableOfType(
                VendorException.class,
                () -> kit.call(CREATE + "?responseTimeout=200", MAIL, Map.of("reference", REFERENCE)));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal.code()).isEqualTo("time-out");
    }

    @Test
    void shouldSayNotSentWhenNobodyListens() {
        kit.baseUrl(URI.create("http://127.0.0.1:1"));
        assertThat(refusal(MAIL).kind()).isEqualTo(ErrorKind.NOT_SENT);
    }

    @Test
    void shouldTakeAMessageIdThatIsMissingForAcceptedAllTheSame() {
        kit.sandbox().arm(answer(202, "", Map.of()));
        assertThat(kit.call(CREATE, MAIL, Map.of("reference", REFERENCE)))
                .isEqualTo(new VendorObject("", "accepted", Map.of()));
    }

    @Test
    void shouldNotSendAMailWithoutContent() {
        assertThatThrownBy(() -> kit.call(
                        CREATE, Map.of("to", "seller@example.com", "subject", "s"), Map.of("reference", REFERENCE)))
                .hasStackTraceContaining("a mail needs template_id, or subject and text or html");
        assertThat(kit.sandbox().requests("sendgrid")).isEmpty();
    }

    @Test
    void shouldFindAMailOnceAnEventProvedIt() {
        assertThat(kit.call(LOOKUP, MAIL, Map.of("reference", REFERENCE))).isEqualTo(List.of());
        receipts.put(REFERENCE, "wrfRRvF7Q0GgwUo2CvDmEA");
        assertThat(kit.call(LOOKUP, MAIL, Map.of("reference", REFERENCE)))
                .isEqualTo(List.of(new VendorObject("wrfRRvF7Q0GgwUo2CvDmEA", "processed", Map.of())));
        assertThat(kit.sandbox().requests("sendgrid")).isEmpty();
    }

    private ConnectorKit kit(String name, Map<String, String> secrets, Map<String, String> settings) throws Exception {
        MailReceipts seen = reference -> Optional.ofNullable(receipts.get(reference));
        return new ConnectorKit(folder.resolve(name), new SendGridSandbox(), secrets, settings)
                .bind("mailReceipts", seen);
    }

    private JsonNode sentBody() throws Exception {
        return JSON.readTree(kit.sandbox().requests("sendgrid").get(0).body());
    }

    private VendorException refusal(Map<String, Object> mail) {
        VendorException refusal = catchThrowableOfType(
                VendorException.class, () -> kit.call(CREATE, mail, Map.of("reference", REFERENCE)));
        assertThat(refusal).as("the Kamelet must fail").isNotNull();
        return refusal;
    }

    private static Fault answer(int status, @Nullable String body, Map<String, String> headers) {
        return new Fault("*", null, null, 0, 1, Fault.Kind.ANSWER, status, headers, body, 0);
    }
}
