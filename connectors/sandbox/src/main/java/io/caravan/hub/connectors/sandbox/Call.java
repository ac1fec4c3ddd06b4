package io.caravan.hub.connectors.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request as the vendor's server sees it.
 *
 * @param path without the vendor's mount prefix, still encoded
 * @param query decoded, names as sent
 * @param headers names in any case, first value of each
 * @param params the {@code {name}} parts of the matched path, decoded
 */
public record Call(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        Map<String, String> params,
        byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Call of(String method, String path, String rawQuery, Map<String, String> headers, byte[] body) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return new Call(method, path, pairs(rawQuery), byName, Map.of(), body);
    }

    Call with(Map<String, String> matched) {
        return new Call(method, path, query, headers, matched, body);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
    }

    /** A whole number of the query; {@code otherwise} when it is missing or none. */
    public int queryInt(String name, int otherwise) {
        try {
            return query(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    public String param(String name) {
        return Optional.ofNullable(params.get(name))
                .orElseThrow(() -> new IllegalStateException("no {" + name + "} in the path"));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON; empty when it is none. */
    public Optional<JsonNode> json() {
        try {
            JsonNode node = JSON.readTree(body);
            return Optional.ofNullable(node).filter(tree -> !tree.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    /** The body as {@code application/x-www-form-urlencoded}. */
    public Map<String, List<String>> form() {
        return pairs(text());
    }

    /** The body as {@code multipart/form-data}; empty when it is none. */
    public List<Part> multipart() {
        return header("Content-Type").map(type -> Part.parse(type, body)).orElse(List.of());
    }

    private static Map<String, List<String>> pairs(String encoded) {
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        if (encoded.isEmpty()) {
            return pairs;
        }
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            pairs.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
        }
        return pairs;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
