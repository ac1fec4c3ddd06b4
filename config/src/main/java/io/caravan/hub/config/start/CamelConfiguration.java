package io.caravan.hub.config.start;

import io.caravan.hub.config.connections.ConnectionFile;
import io.caravan.hub.config.connections.ConnectionPlan;
import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.config.web.HubMode;
import io.caravan.hub.connectors.egress.Egress;
import io.caravan.hub.connectors.egress.EgressSettings;
import io.caravan.hub.model.AccountId;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jolokia.server.core.service.api.Restrictor;
import org.quartz.Scheduler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.actuate.endpoint.EndpointsSupplier;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

@Configuration(proxyBeanMethods = false)
class CamelConfiguration {

    @Bean
    SelfCheck selfCheck(
            Environment environment,
            HubProperties hub,
            ManagementServerProperties management,
            HubMode mode,
            ObjectProvider<DataSource> database,
            ObjectProvider<Restrictor> jolokia,
            ObjectProvider<EndpointsSupplier<?>> endpoints) {
        return new SelfCheck(camel -> new Live(
                camel,
                environment,
                hub,
                management,
                () -> mode.of(null),
                database.getIfAvailable(),
                Live.modelOf(camel),
                jolokia.stream().toList(),
                endpoints.stream()
                        .flatMap(some -> some.getEndpoints().stream())
                        .map(endpoint -> endpoint.getEndpointId().toLowerCaseString())
                        .distinct()
                        .toList()));
    }

    @Bean
    HealthIndicator selfCheckHealth(SelfCheck check, CamelContext camel) {
        return new SelfCheckHealth(() -> check.faults(camel));
    }

    /** The egress policy goes on before any route starts, and is looked at again before the first message flows. */
    @Bean
    CamelContextConfiguration egressPolicy(
            SelfCheck check,
            ObjectProvider<Scheduler> schedulers,
            HubProperties hub,
            ConnectionFile vendors,
            AccountsFile accounts,
            Environment environment) {
        Set<String> own = new ConnectionPlan(
                        vendors, accounts, new AccountId(hub.admin().account()), environment)
                .hosts(vendors, hub);
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                Egress.apply(camel, EgressSettings.defaults(), () -> own);
                // Camel would make a scheduler of its own, without our store
                schedulers.ifAvailable(scheduler ->
                        camel.getComponent("quartz", QuartzComponent.class).setScheduler(scheduler));
                check.run(camel);
                new RouteGuard(environment.acceptsProfiles(Profiles.of("prod"))).watch(camel);
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                check.run(camel);
                if (camel.getRoutes().isEmpty()) {
                    throw new IllegalStateException("there is no route in the routes folder: set HUB_ROUTES_DIR");
                }
            }
        };
    }
}
