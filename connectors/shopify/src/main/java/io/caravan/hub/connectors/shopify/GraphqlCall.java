package io.caravan.hub.connectors.shopify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One GraphQL request in the making, which {@code shopify-graphql-action} sends.
 *
 * @param document name of a file in {@code shopify/}, without its ending
 * @param variables JSON-compatible, null where null is meant
 * @param afterwards whether a change was asked for before: then a refusal of this call says nothing about the change
 */
public record GraphqlCall(String document, Map<String, Object> variables, boolean afterwards) {

    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    static GraphqlCall of(String document, Map<String, Object> variables) {
        return new GraphqlCall(document, variables, false);
    }

    GraphqlCall after() {
        return new GraphqlCall(document, variables, true);
    }

    /** The body of the request: {@code {"query", "variables"}}. */
    public byte[] payload() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", TEXTS.computeIfAbsent(document, GraphqlCall::text));
        body.put("variables", variables);
        return ShopifyJson.write(body).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String document) {
        try (InputStream in = GraphqlCall.class.getResourceAsStream("/shopify/" + document + ".graphql")) {
            if (in == null) {
                throw new IllegalStateException("no document shopify/" + document + ".graphql");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("shopify/" + document + ".graphql cannot be read", e);
        }
    }
}
