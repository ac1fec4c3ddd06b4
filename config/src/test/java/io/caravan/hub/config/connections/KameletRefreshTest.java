package io.caravan.hub.config.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.connection.TokenPair;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KameletRefreshTest {

    private static final Connection CONNECTION = new Connection(
            "c1",
            new AccountId("acme"),
            "rotating",
            Mode.SANDBOX,
            URI.create("http://localhost"),
            Map.of("refreshToken", "r1"),
            Map.of());

    private final DefaultCamelContext camel = new DefaultCamelContext();

    private KameletRefresh refresh(Processor vendor) {
        camel.getRegistry().bind("rotator", vendor);
        camel.start();
        return new KameletRefresh(camel, camel.createProducerTemplate());
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void shouldAskTheVendorsKameletWithTheConnection() {
        KameletRefresh refresh = refresh(exchange -> {
            Connection given = exchange.getVariable("connection", Connection.class);
            assertThat(exchange.getMessage().getBody()).isSameAs(given);
            exchange.getMessage().setBody(new TokenPair("a2", given.secret("refreshToken") + "+", Duration.ofHours(1)));
        });
        assertThat(refresh.knows("rotating")).isTrue();
        assertThat(refresh.knows("static")).isFalse();
        TokenPair pair = refresh.refresh(CONNECTION);
        assertThat(pair.accessToken()).isEqualTo("a2");
        assertThat(pair.refreshToken()).isEqualTo("r1+");
    }

    @Test
    void shouldKeepTheVendorsClassification() {
        KameletRefresh refresh = refresh(exchange -> {
            throw new VendorException(ErrorKind.UNAUTHORISED, "rotating", "invalid_grant", 400, "no", "");
        });
        assertThatThrownBy(() -> refresh.refresh(CONNECTION))
                .isInstanceOfSatisfying(
                        VendorException.class, known -> assertThat(known.code()).isEqualTo("invalid_grant"));
    }

    @Test
    void shouldTakeAnyOtherFailureForPassing() {
        KameletRefresh refresh = refresh(exchange -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> refresh.refresh(CONNECTION))
                .isInstanceOfSatisfying(
                        VendorException.class, known -> assertThat(known.kind()).isEqualTo(ErrorKind.TRANSIENT));
    }
}
