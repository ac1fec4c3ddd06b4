package io.caravan.hub.connectors.egress;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's OpenAPI document (3.0 or 3.1) to hold requests and replies against. Says in words what breaks it:
 *
 * <pre>
 * VendorContract contract = VendorContract.of("etsy/openapi.json").without("/oauth/token$");
 * try (ContractProxy proxy = contract.watch(kit)) {   // kit now talks to its sandbox through the proxy
 *     ... kit.call(...) ...
 *     assertThat(proxy.violations()).isEmpty();       // requests and replies
 * }
 * assertThat(contract.violations(kit.sandbox().requests("etsy"))).isEmpty();   // requests only, from the log
 * </pre>
 *
 * A request may hold nothing that the document does not name, nor may a successful reply. A refusal (4xx, 5xx) that the
 * document does not list passes, since documents seldom list them all.
 */
public final class VendorContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOGGED_BODY = 20_000;

    private final ContractDocument document;
    private final List<Pattern> outside = new ArrayList<>();
    private final List<Pattern> known = new ArrayList<>();

    /**
     * One exchange on the wire. {@code path} starts behind the sandbox's mount point.
     *
     * @param body null when it was sent and is not known whole: cut by a log
     * @param reply null when there was none, or not the whole of it: cut on its way
     */
    public record Seen(
            String method,
            String path,
            Map<String, List<String>> query,
            String contentType,
            byte @Nullable [] body,
            int status,
            @Nullable String replyType,
            byte @Nullable [] reply) {}

    private VendorContract(ContractDocument document) {
        this.document = document;
    }

    /**
     * @param file below the folder of shared contracts: {@code etsy/openapi.json}; the test is skipped when that folder
     *     is not there
     */
    public static VendorContract of(String file) {
        String folder = System.getProperty("shared.contracts", "");
        Path path = Path.of(folder, file);
        assumeTrue(!folder.isEmpty() && Files.exists(path), "the vendor's document " + file + " is not here");
        try {
            return new VendorContract(new ContractDocument(JSON.readTree(path.toFile())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a path prefix that requests carry and the document does not, beside those of its servers: {@code /v1}. */
    public VendorContract under(String prefix) {
        document.under(prefix);
        return this;
    }

    /** Leaves out requests whose path matches: real ones that the vendor's document lacks. */
    public VendorContract without(String pathRegex) {
        outside.add(Pattern.compile(pathRegex));
        return this;
    }

    /** Leaves out violations whose text matches: where the vendor is known to break its own document. Say why beside it. */
    public VendorContract knowing(String violationRegex) {
        known.add(Pattern.compile(violationRegex));
        return this;
    }

    /** Puts a recording proxy between the kit and its sandbox. */
    public ContractProxy watch(ConnectorKit kit) throws IOException {
        ContractProxy proxy = new ContractProxy(this, kit.connection().baseUrl());
        kit.baseUrl(proxy.url());
        return proxy;
    }

    /** What breaks the document in requests that a sandbox logged; of a body cut by the log only that there is one. */
    public List<String> violations(List<ReceivedRequest> requests) {
        List<String> all = new ArrayList<>();
        for (ReceivedRequest request : requests) {
            String type = request.headers().entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
            byte[] body = request.body().length() >= LOGGED_BODY
                    ? null
                    : request.body().getBytes(StandardCharsets.UTF_8);
            all.addAll(violations(new Seen(
                    request.method(), request.path(), request.query(), type, body, request.status(), null, null)));
        }
        return all;
    }

    /** What breaks the document in one exchange; its reply is looked at when there is one. */
    public List<String> violations(Seen seen) {
        if (outside.stream().anyMatch(one -> one.matcher(seen.path()).find())) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        String template = document.template(seen.path());
        String method = seen.method().toLowerCase(Locale.ROOT);
        String at = "/paths/" + ContractDocument.pointer(String.valueOf(template)) + "/" + method;
        JsonNode operation = document.at(at);
        if (operation.isMissingNode()) {
            found.add("the document has no such operation");
        } else {
            query(seen, at, found);
            requestBody(seen, at, found);
            if (seen.reply() != null) {
                reply(seen, at, found);
            }
        }
        return found.stream()
                .map(text -> seen.method() + " " + seen.path() + " -> " + seen.status() + ": " + text)
                .filter(text ->
                        known.stream().noneMatch(one -> one.matcher(text).find()))
                .toList();
    }

    private void query(Seen seen, String at, List<String> found) {
        Map<String, String> declared = new HashMap<>();
        List<String> lists = List.of(at.substring(0, at.lastIndexOf('/')) + "/parameters", at + "/parameters");
        for (String list : lists) {
            for (int i = 0; i < document.at(list).size(); i++) {
                String pointer = document.resolved(list + "/" + i);
                JsonNode parameter = document.at(pointer);
                if (!parameter.path("in").asText().equals("query")) {
                    continue;
                }
                String name = parameter.path("name").asText().trim();
                declared.put(name, pointer + "/schema");
                if (parameter.path("required").asBoolean() && !seen.query().containsKey(name)) {
                    found.add("query lacks " + name);
                }
            }
        }
        seen.query().forEach((name, values) -> {
            String schema = declared.get(name);
            if (schema == null) {
                found.add("query has unknown " + name);
            } else {
                JsonNode value = WireValues.typed(String.join(",", values), document.schemaAt(schema));
                validate(schema, value, "query " + name, found);
            }
        });
    }

    private void requestBody(Seen seen, String at, List<String> found) {
        String body = document.resolved(at + "/requestBody");
        byte[] sent = seen.body();
        if (document.at(body).isMissingNode()) {
            if (sent == null || sent.length > 0) {
                found.add("has a body, the document wants none");
            }
            return;
        }
        if (sent != null && sent.length == 0) {
            if (document.at(body).path("required").asBoolean()) {
                found.add("lacks its body");
            }
            return;
        }
        String schema = document.content(body, seen.contentType());
        if (schema == null) {
            found.add("body is " + seen.contentType() + ", which the document does not take");
            return;
        }
        if (sent == null) {
            return;
        }
        JsonNode value = WireValues.body(seen.contentType(), sent, document.schemaAt(schema), document::dereferenced);
        if (value == null) {
            found.add("body is not what its Content-Type says");
        } else {
            validate(schema, value, "body", found);
            unknown(schema, value, "body", found);
        }
    }

    private void reply(Seen seen, String at, List<String> found) {
        JsonNode responses = document.at(at + "/responses");
        String family = seen.status() / 100 + "XX";
        String key = List.of(String.valueOf(seen.status()), family, "default").stream()
                .filter(responses::has)
                .findFirst()
                .orElse("");
        if (key.isEmpty()) {
            if (seen.status() < 400) {
                found.add("reply status is not in the document");
            }
            return;
        }
        byte[] bytes = seen.reply() == null ? new byte[0] : seen.reply();
        String response = document.resolved(at + "/responses/" + key);
        if (bytes.length == 0 || document.at(response).path("content").isMissingNode()) {
            if (bytes.length > 0 || !document.at(response).path("content").isMissingNode()) {
                found.add("reply body is there or missing against the document");
            }
            return;
        }
        String type = seen.replyType() == null ? "" : seen.replyType();
        String schema = document.content(response, type);
        if (schema == null) {
            found.add("reply is " + type + ", which the document does not name");
            return;
        }
        JsonNode value = WireValues.body(type, bytes, document.schemaAt(schema), document::dereferenced);
        if (value == null) {
            found.add("reply is not what its Content-Type says");
        } else {
            validate(schema, value, "reply", found);
            if (seen.status() < 400) {
                unknown(schema, value, "reply", found);
            }
        }
    }

    private void validate(String schemaPointer, JsonNode value, String where, List<String> found) {
        document.faults(schemaPointer, value).forEach(fault -> found.add(where + " " + fault));
    }

    private void unknown(String schemaPointer, JsonNode value, String where, List<String> found) {
        Set<String> named = new TreeSet<>();
        if (value.isObject() && document.closed(document.schemaAt(schemaPointer), named, 0)) {
            value.fieldNames().forEachRemaining(name -> {
                if (!named.contains(name)) {
                    found.add(where + " has unknown " + name);
                }
            });
        }
    }

    static JsonNode json(byte[] bytes) throws JsonProcessingException {
        return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    }
}
