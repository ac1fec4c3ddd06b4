package io.caravan.hub.connectors.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.scorer.sandbox.ScorerSandbox;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.delivery.VendorObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScorerKameletTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String REFERENCE = "ref26characterslong0000000";
    private static final Map<String, Object> REPORT = Map.of(
            "type",
            "import.completed",
            "at",
            "2026-11-20T10:00:00Z",
            "data",
            Map.of("import_id", "i1", "status", "completed"));

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = new ConnectorKit(folder, new ScorerSandbox(), Map.of("webhookSecret", SECRET), Map.of());
        HttpRequest secret = HttpRequest.newBuilder(URI.create(kit.sandbox().url() + "/scorer/_control/secret"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"secret\": \"" + SECRET + "\"}"))
                .build();
        HttpClient.newHttpClient().send(secret, HttpResponse.BodyHandlers.discarding());
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldTellASignedReportThatTheReceiverTakesAndKeepsUnderItsId() {
        VendorObject told = (VendorObject) call();

        assertThat(told).isEqualTo(new VendorObject(REFERENCE, "", Map.of()));
        JsonNode kept =
                kit.sandbox().state("scorer").get("callbacks", REFERENCE).orElseThrow();
        assertThat(kept.path("type").asText()).isEqualTo("import.completed");
        assertThat(kept.path("timestamp").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(kept.path("data").path("import_id").asText()).isEqualTo("i1");
        assertThat(kit.sandbox().requests("scorer").get(1).body()).doesNotContain("whsec");
    }

    @ParameterizedTest
    @CsvSource({
        "302, REJECTED",
        "400, REJECTED",
        "401, REJECTED",
        "403, REJECTED",
        "410, REJECTED",
        "408, TRANSIENT",
        "429, RATE_LIMITED",
        "500, TRANSIENT",
        "503, TRANSIENT"
    })
    void shouldSayWhatARefusalMeans(int status, ErrorKind kind) {
        kit.sandbox().arm(new Fault("scorer", "POST", "callbacks", 0, 1, Fault.Kind.ANSWER, status, null, "{}", 0));

        VendorException failure = catchThrowableOfType(VendorException.class, this::call);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.toString()).doesNotContain("whsec");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example/x",
                "ftp://hooks.example",
                "https://user:word@hooks.example",
                "https://hooks.example/?a=b",
                "not an address",
                "https:///x"
            })
    void shouldNotCallWhatIsNoAddressOfAReceiver(String url) {
        VendorException failure = catchThrowableOfType(
                VendorException.class, () -> ScorerMapper.address(live(Map.of("callbackUrl", url))));

        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.getMessage()).contains("callbackUrl");
    }

    @Test
    void shouldTellNobodyWithoutAnAddressOrASecret() {
        assertThat(ScorerMapper.tells(live(Map.of()))).isFalse();
        assertThat(ScorerMapper.tells(live(Map.of("callbackUrl", "https://hooks.example/a"))))
                .isTrue();
        assertThat(ScorerMapper.address(live(Map.of("callbackUrl", "https://hooks.example/a"))))
                .isEqualTo("https://hooks.example/a");
        assertThat(ScorerMapper.tells(kit.connection())).isTrue();
        assertThat(ScorerMapper.tells(new Connection(
                        "c",
                        new AccountId("acme"),
                        "scorer",
                        Mode.SANDBOX,
                        URI.create("http://x"),
                        Map.of(),
                        Map.of())))
                .isFalse();
        assertThat(List.of(live(Map.of()).toString())).noneMatch(text -> text.contains("whsec"));
    }

    private Object call() {
        return kit.call("kamelet:scorer-status-create-action", REPORT, Map.of("reference", REFERENCE));
    }

    private static Connection live(Map<String, String> settings) {
        return new Connection(
                "c",
                new AccountId("acme"),
                "scorer",
                Mode.LIVE,
                URI.create("https://scorer.example"),
                Map.of("webhookSecret", SECRET),
                settings);
    }
}
