package io.caravan.hub.routes.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.routes.policy.FlowHub;
import org.junit.jupiter.api.Test;

/** Without the profile nothing of Kafka is made. */
class EventsAwayTest {

    @Test
    void shouldMakeNeitherRouteNorEndpointNorClientWithoutTheProfile() {
        FlowHub hub = FlowHub.shared();
        assertThat(hub.camel().getRoutes())
                .isNotEmpty()
                .noneMatch(route -> route.getRouteId().startsWith("events-"));
        assertThat(hub.camel().hasComponent("kafka")).isNull();
        assertThat(hub.camel().getEndpoints())
                .noneMatch(endpoint -> endpoint.getEndpointUri().startsWith("kafka"));
        assertThat(hub.application().containsBean("events")).isFalse();
        assertThat(hub.application().containsBean("kafkaHealthIndicator")).isFalse();
        assertThat(hub.count("select count(*) from work where type = 'event.publish'"))
                .isZero();
    }
}
