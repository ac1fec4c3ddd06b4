package io.caravan.hub.connectors.shopify.sandbox;

import java.util.List;
import java.util.Map;

/**
 * One field of a query, or an inline fragment.
 *
 * @param name of the field, {@code ""} for a fragment
 * @param onType of a fragment, {@code ""} for a field
 * @param arguments as written; {@link GraphqlText.Variable} where a variable stands
 * @param directives by name, each with its arguments
 */
record Selection(
        String alias,
        String name,
        String onType,
        Map<String, Object> arguments,
        Map<String, Map<String, Object>> directives,
        List<Selection> children) {}
