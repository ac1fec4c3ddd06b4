package io.caravan.hub.routes.api.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.Yaml;

/**
 * A secret of its own for each credential that a connector names in its {@code connections/<vendor>.yaml}: the fourth
 * account has them, live, with vendors that do not know them. Beside them the master key and the database's password.
 */
final class CanarySecrets {

    private final Map<String, Map<String, Object>> vendors = new TreeMap<>();
    private final Map<String, String> canaries = new LinkedHashMap<>();
    private final Map<String, String> ofSandboxes = new LinkedHashMap<>();

    CanarySecrets() {
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:connections/*.yaml")) {
                try (InputStream in = file.getInputStream()) {
                    Map<String, Map<String, Map<String, Object>>> all = new Yaml().load(in);
                    vendors.putAll(all.getOrDefault("vendors", Map.of()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        vendors.forEach((vendor, entry) -> strings(entry, "secrets").forEach((name, value) -> {
            String canary = "canary-" + vendor + "-" + name + "-9c1f77";
            canaries.put(
                    vendor + "." + name,
                    name.equals("webhookSecret") ? "whsec_" + base64(canary + "-at-least-24") : canary);
            if (value.length() >= 10) {
                ofSandboxes.put(vendor + "." + name + " of the sandbox", value);
            }
        }));
        canaries.put("master key", base64("canary-master-key-9c1f77-32-byte"));
        canaries.put("database password", "canary-database-password-9c1f77");
    }

    /** What to look for, by what it is. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>(canaries);
        all.putAll(ofSandboxes);
        return all;
    }

    /** The credentials of one vendor, as a person would send them. */
    Map<String, String> of(String vendor) {
        Map<String, String> own = new LinkedHashMap<>();
        canaries.forEach((name, value) -> {
            if (name.startsWith(vendor + ".")) {
                own.put(name.substring(vendor.length() + 1), value);
            }
        });
        return own;
    }

    /** For accounts.yaml. */
    String sections() {
        StringBuilder yaml = new StringBuilder();
        vendors.forEach((vendor, entry) -> {
            Map<String, String> secrets = of(vendor);
            if (!secrets.isEmpty()) {
                Map<String, String> variables = new LinkedHashMap<>();
                secrets.keySet().forEach(name -> variables.put(name, variable(vendor, name)));
                yaml.append("      ")
                        .append(vendor)
                        .append(": {mode: live, secrets: ")
                        .append(flow(variables));
                Map<String, String> settings = new LinkedHashMap<>();
                strings(entry, "settings")
                        .forEach((name, value) -> settings.put(
                                name, '"' + (value.isBlank() ? "https://store.example.com" : value) + '"'));
                if (!settings.isEmpty()) {
                    yaml.append(", settings: ").append(flow(settings));
                }
                yaml.append("}\n");
            }
        });
        return yaml.toString();
    }

    /** For the hub's start. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        vendors.keySet()
                .forEach(vendor -> of(vendor).forEach((name, value) -> properties.put(variable(vendor, name), value)));
        Set.copyOf(vendors.keySet())
                .forEach(vendor -> properties.put("hub.vendor." + vendor + ".base-url", "@sandbox@/" + vendor));
        properties.put("hub.master.key", canaries.getOrDefault("master key", ""));
        properties.put("hub.db.password", canaries.getOrDefault("database password", ""));
        return properties;
    }

    private static String variable(String vendor, String name) {
        return ("HUB_CANARY_" + vendor + "_" + name).replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }

    private static String flow(Map<String, String> map) {
        StringBuilder text = new StringBuilder("{");
        map.forEach((name, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(name)
                .append(": ")
                .append(value));
        return text.append('}').toString();
    }

    private static Map<String, String> strings(Map<String, Object> entry, String name) {
        Map<String, String> strings = new LinkedHashMap<>();
        if (entry.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> strings.put(String.valueOf(key), value == null ? "" : value.toString()));
        }
        return strings;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
