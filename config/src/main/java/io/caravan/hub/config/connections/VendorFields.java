package io.caravan.hub.config.connections;

import io.caravan.hub.model.connection.Mode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a connection to a vendor takes, by the vendor's own words.
 *
 * @param entry what its connector says in {@code connections/<vendor>.yaml}
 * @param more credentials that may be given and need not be, such as tokens that the hub gets by itself
 */
record VendorFields(ConnectionFile.Vendor entry, List<String> more) {

    /** The longest tokens of vendors have some 2,000 characters. */
    static final int LONGEST_SECRET = 8_000;

    /** Setting of vendors that are at another address for each seller. */
    static final String STORE_URL = "storeUrl";

    private static final int LONGEST_SETTING = 2_000;
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");

    /** A name of the public net; numbers and names of the inside of a network are none. */
    private static final Pattern PUBLIC_HOST =
            Pattern.compile("(?i)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\\.?");

    private static final Pattern INSIDE = Pattern.compile(
            "(?i).*\\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa)\\.?");

    /** @param field {@code credentials.appKey} @param rule {@code missing}, {@code unknown} or {@code invalid} */
    record Fault(String field, String rule, String message) {}

    /** What was given and what the vendor's sandbox or its defaults add to it. */
    record Filled(Map<String, String> secrets, Map<String, String> settings, List<Fault> faults) {}

    Set<String> secrets() {
        Set<String> names = new LinkedHashSet<>(new TreeSet<>(entry.secrets().keySet()));
        names.addAll(more);
        return names;
    }

    Set<String> settings() {
        Set<String> names = new TreeSet<>(entry.settings().keySet());
        names.addAll(entry.defaults().keySet());
        return names;
    }

    /** Names, as in a request, that a connection of this mode needs and does not have; a sandbox needs none. */
    List<String> missing(Mode mode, Set<String> secrets, Set<String> settings) {
        List<String> missing = new ArrayList<>();
        if (mode == Mode.LIVE) {
            needed(entry.secrets()).stream()
                    .filter(name -> !secrets.contains(name))
                    .forEach(name -> missing.add("credentials." + name));
            needed(entry.settings()).stream()
                    .filter(name -> !settings.contains(name))
                    .forEach(name -> missing.add("settings." + name));
        }
        return missing;
    }

    private List<String> needed(Map<String, String> names) {
        return names.keySet().stream()
                .filter(name -> !entry.optional().contains(name))
                .sorted()
                .toList();
    }

    /** No fault repeats a value: it may be a credential in the wrong place. */
    Filled fill(Mode mode, Map<?, ?> givenSecrets, Map<?, ?> givenSettings) {
        List<Fault> faults = new ArrayList<>();
        Map<String, String> secrets = taken("credentials", givenSecrets, secrets(), LONGEST_SECRET, faults);
        Map<String, String> settings = taken("settings", givenSettings, settings(), LONGEST_SETTING, faults);
        if (mode == Mode.SANDBOX) {
            entry.secrets().forEach((name, value) -> otherwise(secrets, name, value));
            entry.settings().forEach((name, value) -> otherwise(settings, name, value));
        }
        entry.defaults().forEach((name, value) -> otherwise(settings, name, value));
        missing(mode, secrets.keySet(), settings.keySet())
                .forEach(name -> faults.add(new Fault(name, "missing", "is missing")));
        String store = settings.get(STORE_URL);
        if (mode == Mode.LIVE && store != null && !isStore(store)) {
            faults.add(new Fault(
                    "settings." + STORE_URL,
                    "invalid",
                    "must be the store's public https address, such as https://store.example"));
        }
        return new Filled(secrets, settings, faults);
    }

    private static void otherwise(Map<String, String> values, String name, String value) {
        if (!value.isBlank()) {
            values.putIfAbsent(name, value.strip());
        }
    }

    private static Map<String, String> taken(
            String kind, Map<?, ?> given, Set<String> known, int longest, List<Fault> faults) {
        Map<String, String> taken = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (!known.contains(name)) {
                // what is no word may be a credential that slipped into the place of a name
                String field = WORD.matcher(name).matches() ? kind + "." + name : kind;
                faults.add(new Fault(field, "unknown", "is not known here; known are " + known));
                return;
            }
            String text = value == null ? "" : value.toString().strip();
            String wrong = wrong(text, longest);
            if (wrong != null) {
                faults.add(new Fault(kind + "." + name, "invalid", wrong));
            } else if (!text.isEmpty()) {
                taken.put(name, text);
            }
        });
        return taken;
    }

    /** Empty is as good as not given. */
    private static @Nullable String wrong(String text, int longest) {
        if (text.length() > longest) {
            return "must have at most " + longest + " characters";
        }
        return text.chars().anyMatch(Character::isISOControl) ? "must be one line without control characters" : null;
    }

    private static boolean isStore(String address) {
        try {
            URI uri = new URI(address);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && (uri.getPort() == -1 || uri.getPort() == 443)
                    && PUBLIC_HOST.matcher(uri.getHost()).matches()
                    && !INSIDE.matcher(uri.getHost()).matches();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
