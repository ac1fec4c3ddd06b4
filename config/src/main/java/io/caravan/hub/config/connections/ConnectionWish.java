package io.caravan.hub.config.connections;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * What is wanted of one vendor for one account: {@code connections.yaml}, above it the account's own section. For the
 * operator's account alone {@code HUB_<VENDOR>_<NAME>} stands above both: no account gets another's credentials unasked.
 */
public record ConnectionWish(
        String vendor, ConnectionFile.Use use, Map<String, String> secrets, Map<String, String> settings) {

    /** @throws IllegalStateException naming what is unknown, or the variables that a live connection lacks */
    static ConnectionWish of(
            String vendor,
            ConnectionFile.Vendor entry,
            ConnectionSection own,
            boolean operator,
            Environment environment) {
        known(vendor, "secrets", own.secrets(), entry.secrets());
        Map<String, String> settable = new LinkedHashMap<>(entry.settings());
        settable.putAll(entry.defaults());
        known(vendor, "settings", own.settings(), settable);
        return new Reading(vendor, entry, own, operator, environment).wish();
    }

    private static void known(String vendor, String kind, Map<String, String> said, Map<String, String> known) {
        for (String name : said.keySet()) {
            if (!known.containsKey(name)) {
                throw new IllegalStateException("connections." + vendor + "." + kind + "." + name
                        + " is not known here; known are " + new TreeSet<>(known.keySet()));
            }
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

    /** One pass over a vendor's entry; collects what is missing, so that all of it is said at once. */
    private static final class Reading {

        private final String vendor;
        private final ConnectionFile.Vendor entry;
        private final ConnectionSection own;
        private final boolean operator;
        private final Environment environment;
        private final List<String> missing = new ArrayList<>();

        Reading(
                String vendor,
                ConnectionFile.Vendor entry,
                ConnectionSection own,
                boolean operator,
                Environment environment) {
            this.vendor = vendor;
            this.entry = entry;
            this.own = own;
            this.operator = operator;
            this.environment = environment;
        }

        ConnectionWish wish() {
            ConnectionFile.Use use = use();
            if (use == ConnectionFile.Use.OFF) {
                return new ConnectionWish(vendor, use, Map.of(), Map.of());
            }
            boolean sandbox = use == ConnectionFile.Use.SANDBOX;
            Map<String, String> secrets = new LinkedHashMap<>();
            entry.secrets()
                    .forEach((name, sandboxValue) -> put(secrets, name, secret(name), sandbox ? sandboxValue : null));
            Map<String, String> settings = new LinkedHashMap<>();
            entry.settings()
                    .forEach((name, sandboxValue) -> put(settings, name, setting(name), sandbox ? sandboxValue : null));
            entry.defaults().forEach((name, value) -> put(settings, name, setting(name), value));
            if (!missing.isEmpty()) {
                throw new IllegalStateException("the connection to " + vendor + " is live ("
                        + (operator ? variable(vendor, "mode") : "its mode in accounts.yaml or connections.yaml")
                        + ") and lacks " + String.join(", ", missing));
            }
            return new ConnectionWish(vendor, use, secrets, settings);
        }

        private ConnectionFile.Use use() {
            String said = operator ? given(variable(vendor, "mode")) : null;
            if (said == null) {
                return own.mode() == null ? entry.mode() : own.mode();
            }
            try {
                return ConnectionFile.Use.of(said);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        variable(vendor, "mode") + " must be off, sandbox or live, it is " + said, e);
            }
        }

        private @Nullable String secret(String name) {
            String said = operator ? given(variable(vendor, name)) : null;
            String named = own.secrets().get(name);
            return said != null || named == null ? said : given(named);
        }

        private @Nullable String setting(String name) {
            // an empty variable of the operator switches a default off
            String said = operator ? environment.getProperty(variable(vendor, name)) : null;
            boolean defaulted = entry.defaults().containsKey(name);
            return said != null && (defaulted || !said.isBlank())
                    ? said
                    : own.settings().get(name);
        }

        private @Nullable String given(String variable) {
            String value = environment.getProperty(variable);
            return value == null || value.isBlank() ? null : value.strip();
        }

        /** What is empty is not set: connectors then take their own default. */
        private void put(Map<String, String> values, String name, @Nullable String given, @Nullable String otherwise) {
            String value = given == null ? otherwise : given;
            if (value != null && !value.isBlank()) {
                values.put(name, value.strip());
            } else if (otherwise == null && !entry.optional().contains(name)) {
                missing.add(operator ? variable(vendor, name) : wanted(name));
            }
        }

        /** What a person has to write for an account of the file. */
        private String wanted(String name) {
            String variable = own.secrets().get(name);
            if (variable != null) {
                return variable + " in the environment";
            }
            return "connections." + vendor + (entry.secrets().containsKey(name) ? ".secrets." : ".settings.") + name;
        }
    }
}
