package io.caravan.hub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final Connection ETSY = new Connection(
            "c1",
            new AccountId("acme"),
            "etsy",
            Mode.SANDBOX,
            URI.create("http://127.0.0.1:1/etsy/"),
            Map.of("accessToken", "s3cret", "keystring", " "),
            Map.of("shopId", "7"));

    @Test
    void shouldNameWhatIsMissingSoThatAPersonCanCompleteIt() {
        assertThatExceptionOfType(VendorException.class)
                .isThrownBy(() -> ETSY.setting("taxonomyId"))
                .withMessage("etsy: the connection lacks its setting taxonomyId")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHORISED))
                .satisfies(e -> assertThat(e.code()).isEqualTo(Connection.NOT_CONFIGURED));
        assertThatExceptionOfType(VendorException.class)
                .isThrownBy(() -> ETSY.secret("keystring"))
                .withMessageContaining("lacks its credential keystring");
    }

    @Test
    void shouldNotShowItsCredentials() {
        assertThat(ETSY.toString()).contains("accessToken").doesNotContain("s3cret");
        assertThat(ETSY.secret("accessToken")).isEqualTo("s3cret");
        assertThat(ETSY.baseUrl()).hasToString("http://127.0.0.1:1/etsy");
    }
}
