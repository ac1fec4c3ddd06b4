package io.caravan.hub.connectors.egress;

import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/**
 * What a connector's tests stand on: a plain Camel context with the real egress policy, the Kamelets of the class path,
 * and the vendor's sandbox on a free port. Beans that a Kamelet names from outside are bound with {@link #bind}.
 */
public final class ConnectorKit implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final @Nullable SandboxServer sandbox;
    private final String vendor;
    private final Map<String, String> secrets;
    private final Map<String, String> settings;
    private @Nullable URI elsewhere;

    /** With the vendor's sandbox, whose state lies in {@code folder}. */
    public ConnectorKit(Path folder, VendorSandbox vendor, Map<String, String> secrets, Map<String, String> settings)
            throws Exception {
        this(SandboxServer.start(folder, 0, List.of(vendor)), vendor.vendor(), secrets, settings);
    }

    /** Without a sandbox: {@link #baseUrl} says where the test's own server is. */
    public ConnectorKit(String vendor, Map<String, String> secrets, Map<String, String> settings) {
        this(null, vendor, secrets, settings);
    }

    private ConnectorKit(
            @Nullable SandboxServer sandbox, String vendor, Map<String, String> secrets, Map<String, String> settings) {
        this.sandbox = sandbox;
        this.vendor = vendor;
        this.secrets = secrets;
        this.settings = settings;
        Egress.apply(
                context,
                new EgressSettings(
                        Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(10), 30L * 1024 * 1024, 8));
        context.getComponent("kamelet", KameletComponent.class).setNoErrorHandler(true);
        context.start();
    }

    public ConnectorKit bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
        return this;
    }

    /** Points the connection at another server than the sandbox. */
    public ConnectorKit baseUrl(URI url) {
        elsewhere = url;
        return this;
    }

    public SandboxServer sandbox() {
        return java.util.Objects.requireNonNull(sandbox);
    }

    public CamelContext camel() {
        return context;
    }

    public Connection connection() {
        URI base = elsewhere == null ? sandbox().url().resolve("/" + vendor) : elsewhere;
        return new Connection("c-test", new AccountId("acme"), vendor, Mode.SANDBOX, base, secrets, settings);
    }

    /**
     * Calls a Kamelet as the engine or a route does.
     *
     * @param uri {@code kamelet:etsy-listing-create-action}, with parameters where it takes some
     * @param variables further exchange variables ({@code reference}, {@code vendorId}); {@code connection} and {@code account} are set
     * @return the body that it leaves
     * @throws RuntimeException what the Kamelet threw, unwrapped
     */
    public Object call(String uri, @Nullable Object body, Map<String, Object> variables) {
        Exchange done = exchange(uri, body, variables);
        Exception failure = done.getException();
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return done.getMessage().getBody();
    }

    /** As {@link #call}, and gives the whole exchange, also a failed one. */
    public Exchange exchange(String uri, @Nullable Object body, Map<String, Object> variables) {
        return context.createFluentProducerTemplate()
                .to(uri)
                .withProcessor(exchange -> {
                    exchange.getMessage().setBody(body);
                    exchange.setVariable(Names.CONNECTION, connection());
                    exchange.setVariable(Names.ACCOUNT, connection().account());
                    variables.forEach(exchange::setVariable);
                })
                .send();
    }

    @Override
    public void close() {
        context.stop();
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
