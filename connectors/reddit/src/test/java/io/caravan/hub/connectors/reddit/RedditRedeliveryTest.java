package io.caravan.hub.connectors.reddit;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.reddit.sandbox.RedditSandbox;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.trend.SignalBatch;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the Kamelet behaves under a route that tries again. The component's {@code noErrorHandler} has to be on: without it
 * Camel carries the route's error handler into the Kamelet, where the failed step is the one that reads the answer, and
 * reading the same answer again cannot help.
 */
class RedditRedeliveryTest {

    private static final String AGENT = "java:caravan-hub:0.1 (by /u/caravan_test)";

    @TempDir
    Path folder;

    @Test
    void shouldAskAgainFromItsStartWhenTheRouteTriesAgain() throws Exception {
        try (ConnectorKit kit = RedditKits.authorised(folder, new RedditSandbox(), AGENT)) {
            kit.camel().getComponent("kamelet", KameletComponent.class).setNoErrorHandler(true);
            kit.camel().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(VendorException.class).maximumRedeliveries(2).redeliveryDelay(1);
                    from("direct:poll").to("kamelet:reddit-signals-action?subreddits=cats&limit=8&listing=top");
                }
            });
            kit.sandbox().arm(new Fault("*", "GET", null, 0, 1, Fault.Kind.ANSWER, 503, null, null, 0));
            SignalBatch batch = (SignalBatch) kit.call("direct:poll", null, Map.of());
            assertThat(batch.rows()).isEqualTo(8);
            assertThat(kit.sandbox().requests("reddit"))
                    .filteredOn(seen -> seen.method().equals("GET"))
                    .extracting(seen -> seen.status())
                    .containsExactly(503, 200);
        }
    }
}
