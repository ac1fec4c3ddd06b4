package io.caravan.hub.connectors.aliexpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Vectors of the vendor's page on signatures and of public clients, secret "helloworld". */
class AliExpressSignerTest {

    @Test
    void shouldSignASystemCallWithItsPath() {
        assertThat(sign("/order/get", "access_token", "test", "app_key", "123456", "order_id", "1234"))
                .isEqualTo("4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A");
        assertThat(sign("/auth/token/create", "app_key", "12345678", "code", "3_500102_JxZ05Ux3cnnSSUm6dCxYg6Q26"))
                .isEqualTo("35607762342831B6A417A0DED84B79C05FEFBF116969C48AD6DC00279A9F4D81");
    }

    @Test
    void shouldSignABusinessCallWithItsMethodAmongTheParameters() {
        assertThat(sign(
                        "",
                        "method",
                        "aliexpress.logistics.redefining.getonlinelogisticsinfo",
                        "access_token",
                        "test",
                        "app_key",
                        "123456",
                        "aliexpress_category_id",
                        "200135143"))
                .isEqualTo("F7F7926B67316C9D1E8E15F7E66940ED3059B1638C497D77973F30046EFB5BBB");
        Map<String, String> product = new HashMap<>(Map.of(
                "app_key", "12345678",
                "method", "aliexpress.ds.product.get",
                "product_id", "1005003784285827",
                "session", "50000000a01test",
                "ship_to_country", "US",
                "sign_method", "sha256",
                "target_currency", "USD",
                "target_language", "EN",
                "timestamp", "1777000000000"));
        String sign = "EE2A7D9357425A3308AA9C59B1C077FD52F49501007A93CFAA6342134E78835F";
        assertThat(AliExpressSigner.sign("helloworld", "", product)).isEqualTo(sign);
        product.put("empty_values_do_not_count", "");
        assertThat(AliExpressSigner.sign("helloworld", "", product)).isEqualTo(sign);
    }

    @Test
    void shouldDateAndSignEachTimeItIsWritten() {
        MovingClock clock = new MovingClock();
        SignedForm form =
                new SignedForm(Map.of("method", "m", "keyWord", "größe & mug", "app_key", "1"), "", "s", clock);

        String first = new String(form.bytes(), StandardCharsets.US_ASCII);
        clock.millis += 60_000;
        String second = new String(form.bytes(), StandardCharsets.US_ASCII);

        assertThat(first).contains("timestamp=1777000000000").contains("keyWord=gr%C3%B6%C3%9Fe+%26+mug");
        assertThat(second).contains("timestamp=1777000060000");
        assertThat(first.replaceFirst(".*&sign=([0-9A-F]{64})&.*", "$1"))
                .isNotEqualTo(second.replaceFirst(".*&sign=([0-9A-F]{64})&.*", "$1"))
                .hasSize(64);
        assertThat(form.getContentLength()).isEqualTo(second.length());
        assertThat(form.isRepeatable()).isTrue();
    }

    @Test
    void shouldShowNoCredential() {
        SignedForm form =
                new SignedForm(Map.of("method", "m", "session", "50000token"), "", "app-secret", Clock.systemUTC());
        assertThat(form.toString()).isEqualTo("SignedForm[m]");
        assertThat(AliExpressCall.system("/auth/token/refresh", Map.of("refresh_token", "50001token"))
                        .toString())
                .doesNotContain("50001token");
    }

    private static String sign(String path, String... pairs) {
        Map<String, String> params = new HashMap<>(Map.of("sign_method", "sha256", "timestamp", "1517820392000"));
        for (int i = 0; i < pairs.length; i += 2) {
            params.put(pairs[i], pairs[i + 1]);
        }
        return AliExpressSigner.sign("helloworld", path, params);
    }

    private static final class MovingClock extends Clock {
        private long millis = 1_777_000_000_000L;

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
