package io.caravan.hub.connectors.googletrends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.googletrends.sandbox.GoogleTrendsSandbox;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.trend.SignalBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleTrendsKameletTest {

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = new ConnectorKit(folder, new GoogleTrendsSandbox(), Map.of(), Map.of());
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldFetchTheFeedOfACountry() {
        SignalBatch batch = (SignalBatch) kit.call("kamelet:google-trends-signals-action?geo=DE", "ignored", Map.of());

        assertThat(batch.rows()).isEqualTo(10);
        assertThat(batch.signals())
                .hasSize(10)
                .allSatisfy(signal -> assertThat(signal.region()).isEqualTo("DE"));
        assertThat(kit.sandbox().requests("google-trends")).singleElement().satisfies(seen -> {
            assertThat(seen.path()).isEqualTo("/trending/rss");
            assertThat(seen.query()).containsOnlyKeys("geo");
            assertThat(seen.headers()).doesNotContainKeys("Authorization", "Cookie");
        });
    }

    @Test
    void shouldSendNoHeaderOfTheRouteToTheVendor() {
        kit.camel()
                .createFluentProducerTemplate()
                .to("kamelet:google-trends-signals-action")
                .withProcessor(exchange -> {
                    exchange.getMessage().setHeader("CamelHttpUri", "http://127.0.0.1:1/stolen");
                    exchange.getMessage().setHeader("Authorization", "Bearer of-another-vendor");
                    exchange.getMessage().setHeader("kafka.OVERRIDE_TOPIC", "secret");
                    exchange.setVariable("connection", kit.connection());
                })
                .send();
        assertThat(kit.sandbox().requests("google-trends"))
                .singleElement()
                .satisfies(seen -> assertThat(seen.headers())
                        .doesNotContainKeys("Authorization", "kafka.OVERRIDE_TOPIC", "CamelHttpUri"));
    }

    @Test
    void shouldTakeACaptchaPageForARateLimit() {
        kit.sandbox().arm(answer(200, "<html>unusual traffic</html>", Map.of("Content-Type", "text/html")));
        assertThat(refusal().kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @Test
    void shouldTellTheWaitOfA429() {
        kit.sandbox().arm(answer(429, "<html>429</html>", Map.of("Retry-After", "7")));
        VendorException refusal = refusal();
        assertThat(refusal.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void shouldAskOnceOnA503() {
        kit.sandbox().arm(new Fault("*", null, null, 0, null, Fault.Kind.ANSWER, 503, null, null, 0));
        assertThat(refusal().kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(kit.sandbox().requests("google-trends")).hasSize(1);
    }

    @Test
    void shouldTakeACutAnswerForTransient() {
        kit.sandbox().arm(new Fault("*", null, null, 0, 1, Fault.Kind.CUT, null, null, null, 0));
        assertThat(refusal().kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldSayNotSentWhenNobodyListens() {
        kit.baseUrl(java.net.URI.create("http://127.0.0.1:1"));
        assertThat(refusal().kind()).isEqualTo(ErrorKind.NOT_SENT);
    }

    private VendorException refusal() {
        VendorException refusal = catchThrowableOfType(
                VendorException.class, () -> kit.call("kamelet:google-trends-signals-action", null, Map.of()));
        assertThat(refusal).as("the Kamelet must fail").isNotNull();
        return refusal;
    }

    private static Fault answer(int status, @Nullable String body, Map<String, String> headers) {
        return new Fault("*", null, null, 0, 1, Fault.Kind.ANSWER, status, headers, body, 0);
    }
}
