package io.caravan.hub.config.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.connectors.egress.Egress;
import io.caravan.hub.connectors.egress.EgressSettings;
import java.net.InetAddress;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class SelfCheckTest {

    private final MockEnvironment environment = new MockEnvironment()
            .withProperty("spring.datasource.url", "jdbc:postgresql://db/hub")
            .withProperty("hub.master.key", "given")
            .withProperty("hub.routes.dir", "src/test/routes");
    private final ManagementServerProperties management = new ManagementServerProperties();
    private final CamelContext camel = new DefaultCamelContext();
    private String mode = "live";

    @BeforeEach
    void safe() {
        environment.setActiveProfiles("prod");
        management.setAddress(InetAddress.getLoopbackAddress());
        Egress.apply(camel, EgressSettings.defaults());
    }

    private void run() {
        HubProperties hub = Binder.get(environment).bindOrCreate("hub", HubProperties.class);
        new SelfCheck(environment, hub, management, () -> mode).run(camel);
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::run).isInstanceOf(IllegalStateException.class).hasMessageContaining(reason);
    }

    @Test
    void shouldStartWithSafeSettings() {
        assertThatCode(this::run).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseSandboxConnectionsInProductionUnlessAllowed() {
        mode = "mixed";
        assertRefused("mode mixed");
        environment.setProperty("hub.prod.allow-sandbox", "true");
        assertThatCode(this::run).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnOpenManagementPortUnlessItIsMeant() throws Exception {
        management.setAddress(InetAddress.getByName("0.0.0.0"));
        assertRefused("MANAGEMENT_SERVER_ADDRESS");
        environment.setProperty("hub.management.exposed", "true");
        assertThatCode(this::run).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAMissingMasterKey() {
        environment.setProperty("hub.master.key", "");
        assertRefused("HUB_MASTER_KEY");
    }

    @Test
    void shouldRefuseReloadOfRoutes() {
        environment.setProperty("camel.main.routes-reload-enabled", "true");
        assertRefused("routes-reload-enabled");
    }

    @Test
    void shouldNotMindAnyOfThisOutsideProduction() {
        environment.setActiveProfiles();
        environment.setProperty("hub.master.key", "");
        mode = "sandbox";
        assertThatCode(this::run).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnEmbeddedDatabaseThatForgetsEverywhere() {
        environment.setActiveProfiles();
        environment.setProperty("spring.datasource.url", "jdbc:h2:file:./data/hub;MODE=PostgreSQL");
        assertRefused("WRITE_DELAY=0");
    }

    @Test
    void shouldRefuseALiveHttpComponentThatSomebodyChanged() {
        HttpComponent http = camel.getComponent("http", HttpComponent.class);
        http.setFollowRedirects(true);
        assertRefused("http: followRedirects");
        http.setFollowRedirects(false);
        http.setSkipControlHeaders(false);
        assertRefused("skipControlHeaders");
        http.setSkipControlHeaders(true);
        http.setResponseTimeout(0);
        assertRefused("time-outs");
    }

    @Test
    void shouldNameAllFaultsAtOnce() {
        mode = "sandbox";
        environment.setProperty("hub.master.key", "");
        assertThatThrownBy(this::run).hasMessageContaining("HUB_MASTER_KEY").hasMessageContaining("mode sandbox");
    }
}
