package io.caravan.hub.connectors.shopify.sandbox;

import java.util.List;
import java.util.Map;

/** What the shop has from its beginning: sales channels and locations. */
final class Places {

    static final String ONLINE_STORE = "gid://shopify/Publication/101";

    static final List<Map<String, Object>> PUBLICATIONS = List.of(
            Map.of("id", "gid://shopify/Publication/102", "name", "Point of Sale"),
            Map.of("id", ONLINE_STORE, "name", "Online Store"));

    static final List<Map<String, Object>> LOCATIONS = List.of(
            location("gid://shopify/Location/201", "Closed shop", false, false),
            location("gid://shopify/Location/202", "Warehouse", true, true),
            location("gid://shopify/Location/203", "Second warehouse", true, true));

    private Places() {}

    private static Map<String, Object> location(String id, String name, boolean active, boolean online) {
        return Map.of("id", id, "name", name, "isActive", active, "fulfillsOnlineOrders", online);
    }

    static boolean publication(String id) {
        return PUBLICATIONS.stream().anyMatch(one -> id.equals(one.get("id")));
    }

    static boolean location(String id) {
        return LOCATIONS.stream().anyMatch(one -> id.equals(one.get("id")) && Boolean.TRUE.equals(one.get("isActive")));
    }
}
