package io.caravan.hub.config.start;

import io.caravan.hub.config.lint.LoadedModel;
import io.caravan.hub.config.lint.RouteLint;
import io.caravan.hub.config.settings.HubProperties;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.jolokia.server.core.service.api.Restrictor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * What the checks look at: the objects that are in use, and settings where nothing but a setting says it.
 *
 * @param mode of all connections: {@code sandbox}, {@code live} or {@code mixed}
 * @param database null when there is none
 * @param model what Camel has loaded by now
 * @param restrictors what holds Jolokia back
 * @param endpoints of the management port, by id
 */
record Live(
        CamelContext camel,
        Environment environment,
        HubProperties hub,
        ManagementServerProperties management,
        Supplier<String> mode,
        @Nullable DataSource database,
        Supplier<LoadedModel> model,
        List<Restrictor> restrictors,
        List<String> endpoints) {

    /** Read once, when somebody asks. */
    static Supplier<LoadedModel> modelOf(CamelContext camel) {
        return SingletonSupplier.of(() -> RouteLint.read(camel, any -> true));
    }

    boolean isSet(String property) {
        return environment.getProperty(property, Boolean.class, false);
    }
}
