package io.caravan.hub.routes.api.matrix;

import io.caravan.hub.routes.api.matrix.Endpoints.Door;
import io.caravan.hub.routes.api.matrix.Endpoints.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table {@code authorisation.txt}: who may use which verb at which address. */
final class Permissions {

    /** What Camel registers below each of its addresses; nothing is there for anybody. */
    private static final String BELOW = "/{*matchOnUriPrefix}";

    private static final List<String> WORDS =
            List.of("anyone", "signed", "house", "viewer", "operator", "designer", "admin", "login");

    private final Map<Endpoint, Map<String, String>> rows = new LinkedHashMap<>();

    static Permissions read() {
        try {
            return new Permissions(
                    Files.readAllLines(MatrixHub.ROOT.resolve("routes/api/test/matrix/authorisation.txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Permissions(List<String> lines) {
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split("\\s+");
            Map<String, String> verbs = new LinkedHashMap<>();
            for (int i = 2; i < words.length; i++) {
                String[] pair = words[i].split("=", 2);
                if (!WORDS.contains(pair[1])) {
                    throw new IllegalArgumentException("authorisation.txt knows no " + words[i]);
                }
                verbs.put(pair[0], pair[1]);
            }
            Endpoint endpoint = new Endpoint(Door.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1]);
            if (rows.put(endpoint, verbs) != null) {
                throw new IllegalArgumentException("authorisation.txt has twice: " + line);
            }
        }
    }

    Set<Endpoint> endpoints() {
        return rows.keySet();
    }

    boolean lists(Endpoint endpoint) {
        return endpoint.pattern().endsWith(BELOW) || rows.containsKey(endpoint);
    }

    /** Null when the verb is for nobody. */
    @Nullable
    String who(Endpoint endpoint, String verb) {
        Map<String, String> verbs = rows.getOrDefault(endpoint, Map.of());
        String options = endpoint.door() == Door.API && verb.equals("OPTIONS") ? "operator" : null;
        return verbs.getOrDefault(verb, options);
    }

    /** Whether the address is for everybody with some verb. */
    boolean open(Endpoint endpoint) {
        return rows.getOrDefault(endpoint, Map.of()).containsValue("anyone");
    }
}
