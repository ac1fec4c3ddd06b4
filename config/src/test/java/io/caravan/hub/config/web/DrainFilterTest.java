package io.caravan.hub.config.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.config.start.Drain;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DrainFilterTest {

    private final StaticApplicationContext context = new StaticApplicationContext();
    private final Drain drain = new Drain(
            context,
            new Binder(new MapConfigurationPropertySource(Map.of("hub.stop.requests", "1s")))
                    .bind("hub", HubProperties.class)
                    .get());

    @Test
    void shouldTellAClientToComeAgainWhileTheRoutesAreNotThereYet() throws Exception {
        MockHttpServletResponse refused = ask("/api/v1/imports");

        assertThat(refused.getStatus()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("2");
        assertThat(refused.getContentAsString()).contains("\"code\":\"starting\"");
    }

    @Test
    void shouldLetProbesThroughWhileItStarts() throws Exception {
        assertThat(ask("/healthz").getStatus()).isEqualTo(200);
        assertThat(ask("/ready").getStatus()).isEqualTo(200);
    }

    @Test
    void shouldTakeRequestsFromReadinessUntilItStops() throws Exception {
        drain.onReadiness(new AvailabilityChangeEvent<>(this, ReadinessState.REFUSING_TRAFFIC));
        assertThat(ask("/api/v1/imports").getStatus()).isEqualTo(503);
        drain.onReadiness(new AvailabilityChangeEvent<>(this, ReadinessState.ACCEPTING_TRAFFIC));
        assertThat(ask("/api/v1/imports").getStatus()).isEqualTo(200);

        drain.onClose(new ContextClosedEvent(context));

        assertThat(ask("/api/v1/imports").getStatus()).isEqualTo(503);
        assertThat(ask("/api/v1/imports").getContentAsString()).contains("\"code\":\"stopping\"");
    }

    private MockHttpServletResponse ask(String path) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new DrainFilter(drain).doFilter(new MockHttpServletRequest("POST", path), response, new MockFilterChain());
        return response;
    }
}
