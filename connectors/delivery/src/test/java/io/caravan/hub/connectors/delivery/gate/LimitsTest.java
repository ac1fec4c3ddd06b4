package io.caravan.hub.connectors.delivery.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void readsTheExampleFile() throws IOException {
        Limits limits;
        try (InputStream yaml = Objects.requireNonNull(getClass().getResourceAsStream("/limits.yaml"))) {
            limits = Limits.load(yaml);
        }
        assertThat(limits.vendor("etsy").windows()).hasSize(2);
        Limits.Window publishes = limits.vendor("printify").windows().get(1);
        assertThat(publishes.period()).isEqualTo(Duration.ofMinutes(30));
        assertThat(publishes.counts("product.confirm")).isTrue();
        assertThat(publishes.counts("product.create")).isFalse();
        assertThat(limits.vendor("shopify").windows().get(0).price()).isEqualTo(10);
        assertThat(limits.money()).containsKey("openai.usd-micros");
        assertThat(limits.vendor("unheard-of").windows()).isEmpty();
    }

    @Test
    void refusesAWindowWithoutAPeriodAndUnknownWords() {
        assertThatThrownBy(() -> load("vendors: {etsy: {windows: [{name: x, cap: 1}]}}"))
                .hasMessageContaining("window x");
        assertThatThrownBy(() -> load("vendors: {etsy: {windoze: []}}")).hasMessageContaining("windoze");
    }

    private static Limits load(String yaml) throws IOException {
        return Limits.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
