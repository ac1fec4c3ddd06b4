package io.caravan.hub.connectors.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendGridErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "mail-send-401, UNAUTHORISED, authorization required",
        "mail-send-403, UNAUTHORISED, access forbidden",
        "mail-send-405, REJECTED,     method not allowed",
        "mail-send-413, REJECTED,     content too large"
    })
    void shouldSortTheVendorsExamples(String name, ErrorKind kind, String message) throws Exception {
        JsonNode response = Recordings.read(name).path("response");
        VendorException refusal =
                refusal(response.path("status").asInt(), response.path("body").toString());
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal).hasMessage("sendgrid: " + message);
    }

    @Test
    void shouldListEveryFieldThatIsWrong() {
        VendorException refusal = refusal(
                400,
                "{\"errors\":[{\"message\":\"is required\",\"field\":\"subject\",\"help\":null},"
                        + "{\"message\":\"is odd\",\"field\":null},\"text\"]}");
        assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(refusal).hasMessageEndingWith("subject: is required; is odd");
    }

    @Test
    void shouldSortByStatusWhatHasNoText() {
        assertThat(refusal(500, "oops").kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal(503, "{\"errors\":[{\"message\":\"later\"}]}").kind())
                .isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal(401, "").kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(refusal(400, "[]").kind()).isEqualTo(ErrorKind.REJECTED);
    }

    @Test
    void shouldCountTheSecondsToTheReset() {
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        assertThat(SendGridErrors.untilReset(reply("1700000030"), now)).contains(Duration.ofSeconds(30));
        assertThat(SendGridErrors.untilReset(reply("1699999999"), now)).contains(Duration.ZERO);
        assertThat(SendGridErrors.untilReset(reply("soon"), now)).isEmpty();
    }

    @Test
    void shouldCountByTheClockOfTheVendorThatSaysWhenItsWindowBegins() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 429);
        exchange.getMessage().setHeader("Date", "Tue, 14 Nov 2023 22:13:20 GMT");
        exchange.getMessage().setHeader("X-RateLimit-Reset", "1700000030");
        VendorException refusal =
                catchThrowableOfType(VendorException.class, () -> new SendGridErrors().check(exchange));
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(30));
    }

    private static Reply reply(String reset) {
        return new Reply(429, Map.of("X-RateLimit-Reset", reset), new byte[0]);
    }

    private static VendorException refusal(int status, String body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(body);
        VendorException refusal =
                catchThrowableOfType(VendorException.class, () -> new SendGridErrors().check(exchange));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
