package io.caravan.hub.connectors.shopify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Shopify's Admin GraphQL API as far as the hub uses it, with the store of staged uploads, pictures, and the storefront.
 * What can be set lies in the state's collection {@code settings}, object {@code shopify}: {@code bucket} (1000),
 * {@code restore} (50), {@code media_ms} (800), {@code operation_ms} (800), {@code lag_ms} until the search knows a
 * product (1500), {@code currency} (USD), {@code version} that answers, {@code token} that alone is good, {@code scopes},
 * {@code upload_host}; a system property {@code sandbox.shopify.<name>} is the default of each.
 */
public final class ShopifySandbox implements VendorSandbox {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String WRITES = "write_products,write_publications,write_files,write_inventory";
    private static final String READS = "read_products,read_publications,read_inventory,read_locations";

    private static final Map<String, String> SCOPES = Map.of(
            "productSet", "write_products",
            "productUpdate", "write_products",
            "productDelete", "write_products",
            "productVariantsBulkUpdate", "write_products",
            "publishablePublish", "write_publications",
            "publications", "read_publications",
            "stagedUploadsCreate", "write_files",
            "inventorySetQuantities", "write_inventory",
            "locations", "read_locations");

    private static final Set<String> CHANGES = Set.of(
            "productSet",
            "productUpdate",
            "productDelete",
            "productVariantsBulkUpdate",
            "publishablePublish",
            "stagedUploadsCreate",
            "inventorySetQuantities");

    private final CostBucket bucket = new CostBucket();

    @Override
    public String vendor() {
        return "shopify";
    }

    @Override
    public void mount(Router router, SandboxState state) {
        Settings settings = new Settings(state);
        MediaDesk media = new MediaDesk(state);
        ProductDesk products = new ProductDesk(state, settings, media);
        InventoryDesk stock = new InventoryDesk(state);
        Storefront store = new Storefront(products, call -> new ProductView(settings, base(call)));
        router.before(handler -> call -> {
                    synchronized (state) {
                        products.tick();
                        return handler.apply(call);
                    }
                })
                .on(
                        "POST",
                        "/admin/api/{version}/graphql.json",
                        call -> graphql(call, state, settings, products, media, stock))
                .on("POST", "/staged", media::upload)
                .on("GET", "/cdn/{name}", media::serve)
                .on("GET", "/products/{handle}", store::page)
                .otherwise(call -> Answer.json(404, Map.of("errors", "Not Found")));
    }

    /** The shop's address as the caller reached it. */
    static String base(Call call) {
        return "http://" + call.header("Host").orElse("127.0.0.1") + "/shopify";
    }

    private Answer graphql(
            Call call,
            SandboxState state,
            Settings settings,
            ProductDesk products,
            MediaDesk media,
            InventoryDesk stock) {
        String token = call.header("X-Shopify-Access-Token").orElse("");
        String only = settings.text("token", "");
        if (token.isEmpty() || (!only.isEmpty() && !only.equals(token))) {
            return Answer.json(
                    401,
                    Map.of("errors", "[API] Invalid API key or access token (unrecognized login or wrong password)"));
        }
        JsonNode body = call.json().orElse(null);
        if (body == null || !body.path("query").isTextual()) {
            return Answer.json(400, Map.of("errors", Map.of("query", "Required parameter missing or invalid")));
        }
        JsonNode variables =
                body.path("variables").isObject() ? body.path("variables") : JsonNodeFactory.instance.objectNode();
        Answer answer = Answer.json(
                200, reply(body.path("query").asText(), variables, call, state, settings, products, media, stock));
        return answer.header("X-Shopify-API-Version", settings.text("version", call.param("version")))
                .header("X-Request-ID", UUID.randomUUID().toString());
    }

    private Map<String, Object> reply(
            String query,
            JsonNode variables,
            Call call,
            SandboxState state,
            Settings settings,
            ProductDesk products,
            MediaDesk media,
            InventoryDesk stock) {
        Map<String, Object> reply = new LinkedHashMap<>();
        long requested = 0;
        try {
            GraphqlText.Operation operation = GraphqlText.parse(query);
            operation.variables().forEach((name, type) -> Inputs.check(name, type, variables.path(name)));
            Projection projection = new Projection(variables);
            requested = CostBucket.requested(operation, projection);
            if (requested > CostBucket.MOST) {
                throw new Refusal(
                        "MAX_COST_EXCEEDED",
                        "Query cost is " + requested + ", which exceeds the single query max cost limit (1000).");
            }
            if (!bucket.has(requested, settings)) {
                throw new Refusal("THROTTLED", "Throttled");
            }
            ProductView view = new ProductView(settings, base(call));
            Map<String, Object> data = projection.root(operation.fields(), (field, args) -> {
                scope(field.name(), settings);
                JsonNode tree = JSON.valueToTree(args);
                return CHANGES.contains(field.name())
                        ? change(field, tree, projection, view, call, settings, products, media, stock)
                        : read(field.name(), tree, view, state, settings, products);
            });
            reply.put("data", data);
            reply.put(
                    "extensions",
                    Map.of("cost", bucket.pay(requested, Math.min(requested, CostBucket.found(data)), settings)));
        } catch (Refusal e) {
            reply.clear();
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("message", e.getMessage());
            error.put("extensions", Map.of("code", e.code()));
            reply.put("errors", List.of(error));
            reply.put("extensions", Map.of("cost", bucket.pay(requested, null, settings)));
        }
        return reply;
    }

    private static void scope(String field, Settings settings) {
        String needed = SCOPES.getOrDefault(field, "read_products");
        List<String> has = List.of(settings.text("scopes", WRITES + "," + READS).split(","));
        if (!has.contains(needed)) {
            throw new Refusal(
                    "ACCESS_DENIED",
                    "Access denied for " + field + " field. Required access: `" + needed + "` access scope.");
        }
    }

    /** A change gives its payload, or {@code userErrors} in it. */
    private static Map<String, Object> change(
            Selection field,
            JsonNode args,
            Projection projection,
            ProductView view,
            Call call,
            Settings settings,
            ProductDesk products,
            MediaDesk media,
            InventoryDesk stock) {
        Map<String, Object> payload;
        try {
            payload = switch (field.name()) {
                case "productSet" -> products.productSet(args, view);
                case "productUpdate" -> products.update(args, view);
                case "productDelete" -> products.delete(args);
                case "productVariantsBulkUpdate" -> products.bulkUpdate(args, view);
                case "publishablePublish" -> products.publish(args);
                case "stagedUploadsCreate" -> media.stage(args, base(call), settings);
                case "inventorySetQuantities" ->
                    stock.set(args, projection.arguments(field.directives().getOrDefault("idempotent", Map.of())));
                default ->
                    throw new Refusal(
                            "undefinedField", "Field '" + field.name() + "' doesn't exist on type 'Mutation'");
            };
            payload.put("userErrors", List.of());
        } catch (UserError e) {
            payload = new LinkedHashMap<>();
            for (String name : List.of(
                    "product",
                    "productSetOperation",
                    "deletedProductId",
                    "productVariants",
                    "stagedTargets",
                    "inventoryAdjustmentGroup")) {
                payload.put(name, null);
            }
            payload.put("userErrors", List.of(e.view()));
        }
        return payload;
    }

    private static @Nullable Object read(
            String field,
            JsonNode args,
            ProductView view,
            SandboxState state,
            Settings settings,
            ProductDesk products) {
        return switch (field) {
            case "shop" ->
                Map.of(
                        "id", "gid://shopify/Shop/60001",
                        "name", "Sandbox shop",
                        "myshopifyDomain", "sandbox-shop.myshopify.com",
                        "currencyCode", view.currency());
            case "publications" -> Map.of("nodes", Places.PUBLICATIONS);
            case "locations" -> Map.of("nodes", Places.LOCATIONS);
            case "product" ->
                products.byId(args.path("id").asText()).map(view::of).orElse(null);
            case "productByIdentifier" -> byIdentifier(args.path("identifier"), view, products);
            case "productOperation" -> products.operation(args.path("id").asText(), view);
            case "products" -> {
                // the search index: late, and by words
                long known = System.currentTimeMillis() - settings.number("lag_ms", 1_500);
                String words = args.path("query").asText("");
                List<Map<String, Object>> found = state.list(ProductDesk.PRODUCTS).stream()
                        .filter(product -> product.path("created_ms").asLong() <= known)
                        .filter(product -> words.isEmpty()
                                || words.equals(
                                        "handle:" + product.path("handle").asText()))
                        .limit(args.path("first").asInt(10))
                        .map(view::of)
                        .toList();
                yield Map.of("nodes", found);
            }
            default -> throw new Refusal("undefinedField", "Field '" + field + "' doesn't exist on type 'QueryRoot'");
        };
    }

    private static @Nullable Object byIdentifier(JsonNode identifier, ProductView view, ProductDesk products) {
        return (identifier.has("handle")
                        ? products.byHandle(identifier.path("handle").asText())
                        : products.byId(identifier.path("id").asText()))
                .map(view::of)
                .orElse(null);
    }
}
