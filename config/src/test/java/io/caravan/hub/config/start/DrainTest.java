package io.caravan.hub.config.start;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.config.settings.HubProperties;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;

class DrainTest {

    private final StaticApplicationContext context = new StaticApplicationContext();
    private final Drain drain = new Drain(
            context,
            new Binder(new MapConfigurationPropertySource(Map.of("hub.stop.requests", "120s")))
                    .bind("hub", HubProperties.class)
                    .get());

    @Test
    void shouldWaitForRunningRequestsAndRefuseNewOnes() throws Exception {
        assertThat(drain.enter()).isTrue();
        CompletableFuture<Void> closing =
                CompletableFuture.runAsync(() -> drain.onClose(new ContextClosedEvent(context)));
        Awaitility.await().atMost(60, SECONDS).until(() -> !entersAndLeaves());
        assertThat(closing).isNotDone();
        drain.leave(new MockHttpServletRequest());
        closing.get(60, SECONDS);
    }

    @Test
    void shouldWaitForARequestThatGoesOnAsynchronously() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setAsyncSupported(true);
        assertThat(drain.enter()).isTrue();
        request.startAsync();
        drain.leave(request);
        CompletableFuture<Void> closing =
                CompletableFuture.runAsync(() -> drain.onClose(new ContextClosedEvent(context)));
        Awaitility.await().atMost(60, SECONDS).until(() -> !entersAndLeaves());
        assertThat(closing).isNotDone();
        request.getAsyncContext().complete();
        closing.get(60, SECONDS);
    }

    @Test
    void shouldNotMindAnotherContextsEnd() {
        drain.onClose(new ContextClosedEvent(new StaticApplicationContext()));
        assertThat(entersAndLeaves()).isTrue();
    }

    private boolean entersAndLeaves() {
        boolean entered = drain.enter();
        if (entered) {
            drain.leave(new MockHttpServletRequest());
        }
        return entered;
    }
}
