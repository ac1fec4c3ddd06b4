package io.caravan.hub.config.connections;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.env.Environment;

/** What the operator wants of one vendor: the file's word and, above it, the environment's. */
public record ConnectionWish(
        String vendor, ConnectionFile.Use use, Map<String, String> secrets, Map<String, String> settings) {

    /** @throws IllegalStateException naming the variables that a live connection lacks */
    public static ConnectionWish of(String vendor, ConnectionFile.Vendor entry, Environment environment) {
        ConnectionFile.Use use = use(vendor, entry, environment);
        if (use == ConnectionFile.Use.OFF) {
            return new ConnectionWish(vendor, use, Map.of(), Map.of());
        }
        List<String> missing = new ArrayList<>();
        Map<String, String> secrets = values(vendor, entry.secrets(), entry, use, environment, missing);
        Map<String, String> settings = values(vendor, entry.settings(), entry, use, environment, missing);
        entry.defaults()
                .forEach((name, value) -> put(settings, name, environment.getProperty(variable(vendor, name), value)));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the connection to " + vendor + " is live (" + variable(vendor, "mode")
                    + ") and lacks " + String.join(", ", missing));
        }
        return new ConnectionWish(vendor, use, secrets, settings);
    }

    private static ConnectionFile.Use use(String vendor, ConnectionFile.Vendor entry, Environment environment) {
        String said = environment.getProperty(variable(vendor, "mode"));
        if (said == null || said.isBlank()) {
            return entry.mode();
        }
        try {
            return ConnectionFile.Use.valueOf(said.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    variable(vendor, "mode") + " must be off, sandbox or live, it is " + said, e);
        }
    }

    private static Map<String, String> values(
            String vendor,
            Map<String, String> wanted,
            ConnectionFile.Vendor entry,
            ConnectionFile.Use use,
            Environment environment,
            List<String> missing) {
        Map<String, String> values = new LinkedHashMap<>();
        wanted.forEach((name, sandboxValue) -> {
            String given = environment.getProperty(variable(vendor, name));
            if (given != null && !given.isBlank()) {
                put(values, name, given);
            } else if (use == ConnectionFile.Use.SANDBOX) {
                put(values, name, sandboxValue);
            } else if (!entry.optional().contains(name)) {
                missing.add(variable(vendor, name));
            }
        });
        return values;
    }

    /** What is empty is not set: connectors then take their own default. */
    private static void put(Map<String, String> values, String name, String value) {
        if (!value.isBlank()) {
            values.put(name, value.strip());
        }
    }

    /** {@code accessToken} of {@code google-trends} is {@code HUB_GOOGLE_TRENDS_ACCESS_TOKEN}. */
    static String variable(String vendor, String name) {
        String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2");
        return ("HUB_" + vendor + "_" + snake).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "ConnectionWish[" + vendor + ", " + use + "]";
    }
}
