package io.caravan.hub.connectors.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "chat-400-max-tokens-unsupported,          REJECTED,     unsupported_parameter,   ''",
        "chat-400-unsupported-value,               REJECTED,     unsupported_value,       ''",
        "chat-404-model-not-found,                 REJECTED,     model_not_found,         ''",
        "chat-429-tpm-rate-limit,                  RATE_LIMITED, rate_limit_exceeded,     PT3.89S",
        "images-400-response-format-unknown,       REJECTED,     unknown_parameter,       ''",
        "images-edits-400-invalid-image,           REJECTED,     invalid_image_file,      ''",
        "images-generations-400-unknown-parameter, REJECTED,     unknown_parameter,       ''",
        "responses-400-context-length,             REJECTED,     context_length_exceeded, ''",
        "responses-400-decimal-below-min,          REJECTED,     decimal_below_min_value, ''",
        "responses-401-invalid-api-key,            UNAUTHORISED, invalid_api_key,         ''",
        "responses-429-insufficient-quota,         EXHAUSTED,    insufficient_quota,      ''",
        "server-error-500,                         TRANSIENT,    server_error,            ''"
    })
    void shouldSortRecordedRefusals(String name, ErrorKind kind, String code, String wait) throws Exception {
        JsonNode response = Recordings.read(name).path("response");
        VendorException refusal =
                refusal(response.path("status").asInt(), response.path("body").toString(), Map.of());
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.retryAfter().map(Duration::toString).orElse("")).isEqualTo(wait);
        assertThat(refusal.getMessage() + refusal.body()).doesNotContain("invalid-key", "org-SCRUBBED");
    }

    @ParameterizedTest
    @CsvSource({
        // status, type, code, kind: code and type beat the status, null codes fall back to it
        "429, requests,                    ,                                RATE_LIMITED",
        "429, insufficient_quota,          ,                                EXHAUSTED",
        "400, image_generation_user_error, moderation_blocked,              REJECTED",
        "200, ,                            image_content_policy_violation,  REJECTED",
        "200, ,                            rate_limit_exceeded,             RATE_LIMITED",
        "200, ,                            server_error,                    TRANSIENT",
        "400, invalid_request_error,       ,                                REJECTED",
        "401, invalid_request_error,       ,                                UNAUTHORISED",
        "403, invalid_request_error,       ,                                UNAUTHORISED",
        "403, ,                            unsupported_country_region_territory, UNAUTHORISED",
        "409, ,                            conflict,                        TRANSIENT",
        "503, server_error,                overloaded,                      TRANSIENT",
        "400, invalid_request_error,       billing_hard_limit_reached,      EXHAUSTED"
    })
    void shouldLetTheCodeBeatTheStatus(int status, String type, String code, ErrorKind kind) {
        String quotedType = type == null ? "null" : "\"" + type + "\"";
        String quotedCode = code == null ? "null" : "\"" + code + "\"";
        String body = "{\"status\":\"failed\",\"error\":{\"message\":\"m\",\"type\":" + quotedType + ",\"code\":"
                + quotedCode + "}}";
        assertThat(refusal(status, body, Map.of()).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "Please try again in 3.89s. Visit, PT3.89S",
        "Please try again in 120ms.,       PT0.12S",
        "Please try again in 6m0s.,        PT6M",
        "Please try again in 3h.,          PT1H",
        "Please try again later.,          ''"
    })
    void shouldReadTheWaitFromTheText(String text, String wait) {
        VendorException refusal =
                refusal(429, "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"" + text + "\"}}", Map.of());
        assertThat(refusal.retryAfter().map(Duration::toString).orElse("")).isEqualTo(wait);
    }

    @Test
    void shouldReadTheWaitFromTheWindowThatIsEmpty() {
        VendorException refusal = refusal(
                429,
                "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow down\"}}",
                Map.of(
                        "x-ratelimit-remaining-requests", "12",
                        "x-ratelimit-reset-requests", "4ms",
                        "x-ratelimit-remaining-tokens", "0",
                        "x-ratelimit-reset-tokens", "1m30s"));
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(90));
    }

    @Test
    void shouldTakeOutWhoWeAreAtTheVendor() {
        VendorException refusal = refusal(
                400,
                "{\"error\":{\"code\":\"invalid_value\",\"message\":\"org-AbC123def user-Xyz987654 proj_Q1w2e3r4\"}}",
                Map.of());
        assertThat(refusal).hasMessage("openai: org-*** user-*** proj_***");
        assertThat(refusal.body())
                .doesNotContain("AbC123")
                .doesNotContain("Xyz9")
                .doesNotContain("Q1w2");
    }

    @Test
    void shouldPassASuccess() {
        Exchange exchange = exchange(200, "{\"id\":\"x\",\"error\":null}", Map.of());
        new OpenAiErrors().json(exchange);
        assertThat(exchange.getMessage().getBody(Map.class)).containsEntry("id", "x");
    }

    private static VendorException refusal(int status, String body, Map<String, Object> headers) {
        VendorException refusal = catchThrowableOfType(
                VendorException.class, () -> new OpenAiErrors().json(exchange(status, body, headers)));
        assertThat(refusal).as("must be refused").isNotNull();
        return refusal;
    }

    private static Exchange exchange(int status, String body, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(body);
        return exchange;
    }
}
