package io.caravan.hub.connectors.cjdropshipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CjErrorsTest {

    private static final Instant EVENING = Instant.parse("2026-11-20T21:30:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | 1600000 | System busy, please contact CJ IT            | TRANSIENT    | 1600000",
                "200 | 1600000 | ''                                           | TRANSIENT    | 1600000",
                "200 | 1600000 | The product has been added to My Products.   | REJECTED     | 1600000",
                "200 | 1600001 | Invalid API key or access token              | UNAUTHORISED | 1600001",
                "200 | 1600002 | access token cannot be empty                 | UNAUTHORISED | 1600002",
                "200 | 1600003 | Invalid Refresh token                        | UNAUTHORISED | 1600003",
                "200 | 1600004 | Authorization failed                         | UNAUTHORISED | 1600004",
                "200 | 1600011 | Authorization failed                         | UNAUTHORISED | 1600011",
                "200 | 1600030 | token invalidation fail                      | UNAUTHORISED | 1600030",
                "200 | 1600031 | Invalid platform token                       | UNAUTHORISED | 1600031",
                "200 | 1601000 | User not found                               | UNAUTHORISED | 1601000",
                "401 | 1600001 | Invalid API key or access token              | UNAUTHORISED | 1600001",
                "200 | 1600100 | Param error                                  | REJECTED     | 1600100",
                "200 | 1600101 | Interface not found                          | REJECTED     | 1600101",
                "200 | 1600300 | Illegal parameter                            | REJECTED     | 1600300",
                "200 | 1600301 | Illegal parameter                            | REJECTED     | 1600301",
                "200 | 16900202| Invalid parameter                            | REJECTED     | 16900202",
                "200 | 1602000 | Variant not found                            | GONE         | 1602000",
                "200 | 1602001 | Product not found                            | GONE         | 1602001",
                "200 | 1602002 | Product removed from shelves                 | GONE         | 1602002",
                "200 | 1603000 | Order create fail                            | REJECTED     | 1603000",
                "200 | 1604000 | Balance is insufficient                      | EXHAUSTED    | 1604000",
                "200 | 100202  | Invalid products                             | REJECTED     | 100202",
                "200 | 500     | Internal error                               | TRANSIENT    | 500",
                "500 | 500     | Internal error                               | TRANSIENT    | http-500",
                "503 | 1600000 | System busy                                  | TRANSIENT    | 1600000"
            })
    void shouldSortByTheCodeAndNotByTheStatus(int status, long code, String message, ErrorKind kind, String name) {
        VendorException refusal = refusal(status, envelope(code, message));
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.code()).isEqualTo(name);
        assertThat(refusal.vendor()).isEqualTo("cjdropshipping");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | 1600200 | Too Many Requests, QPS limit is 1 time/1second     | RATE_LIMITED | 1600200  | PT1S",
                "429 | 1600200 | Too Many Requests, QPS limit is 1 time/300second   | RATE_LIMITED | 1600200  | PT5M",
                "200 | 1600200 | Too Many Requests, one ip limit 3 users            | RATE_LIMITED | ip-users | PT10M",
                "200 | 1600000 | Too Many Requests, QPS limit is 2 time/1second     | RATE_LIMITED | 1600200  | PT1S",
                "200 | 1600200 | Too Many Requests                                  | RATE_LIMITED | 1600200  |",
                "200 | 1600200 | Too Many Requests, the daily call limit is reached | EXHAUSTED    | 1600200  | PT2H30M",
                "200 | 1600201 | Quota has been used up                             | EXHAUSTED    | 1600201  | PT2H30M"
            })
    void shouldTellHowLongToWait(
            int status, long code, String message, ErrorKind kind, String name, @Nullable Duration wait) {
        VendorException refusal = refusal(status, envelope(code, message));
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.code()).isEqualTo(name);
        assertThat(refusal.retryAfter().orElse(null)).isEqualTo(wait);
    }

    @Test
    void shouldTakeASuccessThatTellsNoResult() {
        Exchange exchange = reply(200, "{\"code\":200,\"success\":true,\"message\":\"Success\",\"data\":[]}");
        new CjErrors().json(exchange);
        assertThat(CjJson.map(exchange.getMessage().getBody()).get("code")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":200,\"result\":false,\"message\":\"no\"} | REJECTED",
                "{\"data\":{}}                                      | TRANSIENT",
                "{\"code\":\"200\",\"data\":{}}                     | TRANSIENT",
                "[]                                                 | TRANSIENT",
                "<html>captcha</html>                               | TRANSIENT"
            })
    void shouldNotTakeAnEnvelopeThatSaysNoForASuccess(String body, ErrorKind kind) {
        assertThat(refusal(200, body).kind()).isEqualTo(kind);
    }

    private static String envelope(long code, String message) {
        return "{\"code\":" + code + ",\"result\":false,\"message\":\"" + message + "\",\"data\":null}";
    }

    private static VendorException refusal(int status, String body) {
        CjErrors errors = new CjErrors(Clock.fixed(EVENING, ZoneOffset.UTC));
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> errors.json(reply(status, body)));
        assertThat(refusal).as("%s must be refused", body).isNotNull();
        return refusal;
    }

    private static Exchange reply(int status, String body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8));
        return exchange;
    }
}
