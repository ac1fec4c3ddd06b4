package io.caravan.hub.routes.proof;

import static io.caravan.hub.routes.proof.Flow.stage;
import static io.caravan.hub.routes.proof.Flow.verified;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Placed;
import io.caravan.hub.routes.proof.Flow.Made;
import io.caravan.hub.routes.proof.Flow.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The payload makers, one for each operation; whoever adds an operation adds its line here, or the build fails. */
final class Flows {

    private static final String TOLD = "https://etsy.example/listing/";

    private static final Map<String, Flow> ALL = all();

    private Flows() {}

    /** Null when there is none. */
    static @Nullable Flow of(String effect) {
        return ALL.get(effect);
    }

    private static Map<String, Flow> all() {
        Map<String, Flow> all = new HashMap<>();
        etsy(all);
        printify(all);
        shops(all);
        Stage chat = stage("openai.chat", (key, before) -> Payloads.prompt(key));
        all.put("openai.chat", new Flow(List.of(chat), null));
        all.put("openai.image", new Flow(List.of(stage("openai.image", (key, before) -> Payloads.brief(key))), null));
        all.put(
                "openai.moderation",
                new Flow(
                        List.of(stage("openai.moderation", (key, before) -> Map.of("text", "a calm frog " + key))),
                        null));
        all.put(
                "sendgrid.mail",
                new Flow(List.of(stage("sendgrid.mail", (key, before) -> Payloads.mail(key))), number("mails")));
        all.put(
                "scorer.status",
                new Flow(
                        List.of(stage("scorer.status", (key, before) -> Payloads.report(key))),
                        number("callbacks"),
                        1,
                        true));
        all.put(
                "store.product",
                new Flow(
                        List.of(stage("store.product", (key, before) -> Map.of("title", "Lamp " + key))),
                        number("products")));
        return all;
    }

    private static void etsy(Map<String, Flow> all) {
        Stage draft = verified("etsy.listing", (key, before) -> Payloads.offer(key));
        Stage picture = stage("etsy.image", (key, before) -> Payloads.image(id(before, "etsy.listing")));
        Stage stock = stage("etsy.inventory", (key, before) -> Payloads.inventory(id(before, "etsy.listing"), key));
        Stage live = stage("etsy.listing", (key, before) -> Payloads.offer(key));
        // a profile like another one is that one: each key has its own
        Stage profile =
                stage("etsy.readiness", (key, before) -> Map.of("min_processing_time", key.endsWith("b") ? 4 : 3));
        Stage read = stage("etsy.profile", (key, before) -> Map.of("readiness_state_id", id(before, "etsy.readiness")));
        all.put("etsy.listing", new Flow(List.of(draft, picture, live), each("listings", is("state", "active"))));
        all.put("etsy.image", new Flow(List.of(draft, picture), inEach("listings", "images")));
        all.put(
                "etsy.inventory",
                new Flow(
                        List.of(draft, stock),
                        each(
                                "listings",
                                one -> one.at("/products/0/sku").asText().startsWith("CRV-"))));
        all.put("etsy.readiness", new Flow(List.of(profile), number("profiles")));
        all.put("etsy.profile", new Flow(List.of(profile, read), null));
    }

    private static void printify(Map<String, Flow> all) {
        Stage upload = stage("printify.upload", (key, before) -> Map.of("image_sha256", Payloads.HASH));
        Stage product =
                stage("printify.product", (key, before) -> Payloads.printed(key, id(before, "printify.upload")));
        Stage publish =
                stage("printify.publish", (key, before) -> Map.of("product_id", id(before, "printify.product")));
        Stage published = stage(
                "printify.published",
                (key, before) -> Map.of(
                        "product_id",
                        id(before, "printify.product"),
                        "external",
                        Map.of("id", "77", "handle", TOLD + "77")));
        Stage release = stage(
                "printify.release",
                (key, before) -> Map.of("product_id", id(before, "printify.product"), "reason", "not sold"));
        all.put("printify.upload", new Flow(List.of(upload), number("uploads")));
        all.put("printify.product", new Flow(List.of(upload, product), number("products")));
        all.put(
                "printify.publish",
                new Flow(List.of(upload, product, publish), each("products", is("is_locked", "true"))));
        all.put(
                "printify.published",
                new Flow(
                        List.of(upload, product, publish, published),
                        each("products", is("is_locked", "false").and(one -> one.has("external")))));
        all.put(
                "printify.release",
                new Flow(List.of(upload, product, publish, release), each("products", is("is_locked", "false"))));
        all.put("printify.shop", new Flow(List.of(stage("printify.shop", (key, before) -> Map.of("shop", key))), null));
    }

    private static void shops(Map<String, Flow> all) {
        for (String shop : List.of("shopify", "woocommerce")) {
            String product = shop + ".product";
            String variants = shop + ".variants";
            List<Stage> stages = List.of(
                    verified(product, (key, before) -> Payloads.product(key)),
                    stage(variants, (key, before) -> new Placed(Payloads.product(key), made(before, product))),
                    stage(product, (key, before) -> Payloads.product(key)));
            boolean woo = shop.equals("woocommerce");
            all.put(
                    product,
                    new Flow(stages, each("products", woo ? is("status", "publish") : is("status", "ACTIVE"))));
            all.put(
                    variants,
                    new Flow(
                            stages,
                            woo ? number("variations") : inEach("products", "variants"),
                            Payloads.VARIANTS,
                            false));
        }
    }

    private static VendorObject made(Map<String, VendorObject> before, String effect) {
        VendorObject made = before.get(effect);
        if (made == null) {
            throw new IllegalStateException("nothing made by " + effect);
        }
        return made;
    }

    private static String id(Map<String, VendorObject> before, String effect) {
        return made(before, effect).id();
    }

    private static Predicate<ObjectNode> is(String field, String value) {
        return one -> one.path(field).asText().equals(value);
    }

    private static Function<SandboxState, Made> number(String collection) {
        return each(collection, one -> true);
    }

    private static Function<SandboxState, Made> each(String collection, Predicate<ObjectNode> done) {
        return state -> {
            List<ObjectNode> all = state.list(collection);
            return new Made(all.size(), (int) all.stream().filter(done).count());
        };
    }

    private static Function<SandboxState, Made> inEach(String collection, String field) {
        return state -> {
            int all = 0;
            for (JsonNode one : state.list(collection)) {
                all += one.path(field).size();
            }
            return new Made(all, all);
        };
    }
}
