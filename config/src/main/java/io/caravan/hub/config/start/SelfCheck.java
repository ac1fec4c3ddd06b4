package io.caravan.hub.config.start;

import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.connectors.egress.Egress;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * What the hub refuses to start with. Some things are refused always; others, fine on a laptop, under the profile
 * {@code prod}. Looks at the live objects where there are any, not at the properties that should have made them.
 */
public final class SelfCheck {

    private final Environment environment;
    private final HubProperties hub;
    private final ManagementServerProperties management;
    private final HubModes modes;

    /** How many connections are in which mode. */
    @FunctionalInterface
    public interface HubModes {
        /** {@code sandbox}, {@code live} or {@code mixed}. */
        String mode();
    }

    public SelfCheck(
            Environment environment, HubProperties hub, ManagementServerProperties management, HubModes modes) {
        this.environment = environment;
        this.hub = hub;
        this.management = management;
        this.modes = modes;
    }

    /** @throws IllegalStateException listing all that is wrong, with what to do about each */
    public void run(CamelContext camel) {
        List<String> faults = new ArrayList<>();
        database(faults);
        egress(camel, faults);
        if (environment.acceptsProfiles(Profiles.of("prod"))) {
            production(faults);
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("The hub does not start like this:\n  - " + String.join("\n  - ", faults));
        }
    }

    private void database(List<String> faults) {
        String url = environment.getProperty("spring.datasource.url", "").toUpperCase(Locale.ROOT);
        if (url.startsWith("JDBC:H2:FILE") && !url.contains("WRITE_DELAY=0")) {
            faults.add("the H2 database lacks WRITE_DELAY=0 in its URL: acknowledged work would be lost in a crash");
        }
    }

    private static void egress(CamelContext camel, List<String> faults) {
        for (String scheme : List.of("http", "https")) {
            if (camel.hasComponent(scheme) instanceof HttpComponent http) {
                Egress.faults(http).forEach(fault -> faults.add(scheme + ": " + fault));
            } else {
                faults.add(scheme + ": the component is not there");
            }
        }
    }

    private void production(List<String> faults) {
        if (!modes.mode().equals("live") && !isSet("hub.prod.allow-sandbox")) {
            faults.add("connections are in mode " + modes.mode()
                    + ": set HUB_<VENDOR>_MODE=live with its credentials or =off, or HUB_PROD_ALLOW_SANDBOX=true");
        }
        if (!given(hub.master().key())) {
            faults.add("HUB_MASTER_KEY is not set: a key in a file beside the database protects nothing");
        }
        if (!isLoopback(management.getAddress()) && !hub.management().exposed()) {
            faults.add("the management port listens beyond loopback: set MANAGEMENT_SERVER_ADDRESS=127.0.0.1,"
                    + " or HUB_MANAGEMENT_EXPOSED=true when a firewall stands before it");
        }
        if (environment.getProperty("camel.main.routes-reload-enabled", Boolean.class, false)) {
            faults.add("camel.main.routes-reload-enabled is on: reload removes routes while they work");
        }
        if (environment.acceptsProfiles(Profiles.of("dev"))) {
            faults.add("the profiles dev and prod exclude each other");
        }
        if (environment.getProperty("spring.h2.console.enabled", Boolean.class, false)) {
            faults.add("spring.h2.console.enabled is on");
        }
        if (!Files.isDirectory(hub.routes().dir())) {
            faults.add("the routes folder " + hub.routes().dir() + " is not there: set HUB_ROUTES_DIR");
        }
    }

    private boolean isSet(String property) {
        return environment.getProperty(property, Boolean.class, false);
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }
}
