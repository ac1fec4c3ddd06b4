package io.caravan.hub.config.start;

import io.caravan.hub.config.security.JolokiaPolicy;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.connectors.egress.Egress;
import io.caravan.hub.connectors.egress.EgressSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.h2.jdbcx.JdbcDataSource;
import org.jolokia.server.core.service.api.Restrictor;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** A Camel context that runs, with everything as it should be in production. Each part can be broken. */
final class StartedHub implements AutoCloseable {

    final MockEnvironment environment = new MockEnvironment()
            .withProperty("hub.master.key", "q2n3jFvXoZl0yq8mB3yBqQ5u8mCbsZ0Yk1r7yXhT3gE=")
            .withProperty("hub.config.dir", "files")
            .withProperty("hub.routes.dir", "src/test/routes");
    final ManagementServerProperties management = new ManagementServerProperties();
    final CamelContext camel = new DefaultCamelContext();
    final List<Restrictor> restrictors = new ArrayList<>(List.of(new JolokiaPolicy()));
    final List<String> endpoints = new ArrayList<>(List.of("health", "jolokia"));
    String mode = "live";
    DataSource database =
            h2("jdbc:h2:file:" + System.getProperty("java.io.tmpdir") + "/self-check-" + System.nanoTime());

    StartedHub() throws Exception {
        environment.setActiveProfiles("prod");
        management.setAddress(InetAddress.getLoopbackAddress());
        Egress.apply(camel, EgressSettings.defaults());
        KameletComponent kamelets = new KameletComponent();
        kamelets.setNoErrorHandler(true);
        camel.addComponent("kamelet", kamelets);
        camel.getCamelContextExtension().setAdditionalSensitiveKeywords("api-key,x-api-key,authorization,access-token");
        camel.start();
    }

    HttpComponent http() {
        return camel.getComponent("http", HttpComponent.class);
    }

    /** Loads routes into the running context. */
    void routes(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("own.camel.yaml", yaml));
    }

    void kamelet(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("own.kamelet.yaml", yaml));
    }

    static DataSource h2(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url.contains(";") ? url : url + ";WRITE_DELAY=0");
        return source;
    }

    void platformHttp(boolean mute) throws Exception {
        PlatformHttpComponent component = new PlatformHttpComponent();
        component.setEngine((endpoint, processor) -> {
            throw new UnsupportedOperationException("nobody listens here");
        });
        camel.addComponent("platform-http", component);
        camel.getEndpoint("platform-http:/own?muteException=" + mute);
    }

    Live live() {
        HubProperties hub = Binder.get(environment).bindOrCreate("hub", HubProperties.class);
        return new Live(
                camel, environment, hub, management, () -> mode, database, Live.modelOf(camel), restrictors, endpoints);
    }

    void check() {
        new SelfCheck(any -> live()).run(camel);
    }

    @Override
    public void close() throws Exception {
        camel.stop();
    }
}
