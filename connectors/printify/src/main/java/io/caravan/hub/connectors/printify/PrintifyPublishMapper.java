package io.caravan.hub.connectors.printify;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The publication of a product to a shop of our own: {@code publish} only locks it, and it stays locked until somebody
 * says {@code publishing_succeeded} or {@code publishing_failed}. The answers say nothing, so each step reads back.
 * Requests: {@code {product_id}}, for {@code published} with {@code external {id, handle}}, for {@code release} with a
 * {@code reason}.
 */
public final class PrintifyPublishMapper {

    /** What a step leaves: the states in which it is done. */
    private enum Step {
        PUBLISH,
        PUBLISHED,
        RELEASE
    }

    /** Reads the product; null when the request names none. */
    public @Nullable PrintifyCall get(
            @Variable("printifyRequest") @Nullable Object body, @Variable(Names.CONNECTION) Connection connection) {
        return PrintifyJson.text(PrintifyJson.map(body), "product_id").isEmpty()
                ? null
                : PrintifyCall.get(path(body, connection, ".json"), "");
    }

    /** Whether the product still has to be locked. */
    public boolean toPublish(@Variable("printifyRequest") Object body, @Body @Nullable Object product) {
        return !done(Step.PUBLISH, body, product);
    }

    /** The call that locks it. */
    public PrintifyCall publish(
            @Variable("printifyRequest") Object body, @Variable(Names.CONNECTION) Connection connection) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String part :
                List.of("title", "description", "images", "variants", "tags", "keyFeatures", "shipping_template")) {
            all.put(part, true);
        }
        return PrintifyCall.send(path(body, connection, "/publish.json"), all);
    }

    /** The call that says where it is sold, which unlocks it. */
    public PrintifyCall succeeded(
            @Variable("printifyRequest") Object body, @Variable(Names.CONNECTION) Connection connection) {
        Map<String, Object> external = external(body);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", Checks.text("external.id", PrintifyJson.text(external, "id"), 255));
        told.put("handle", Checks.text("external.handle", PrintifyJson.text(external, "handle"), 2_000));
        return PrintifyCall.send(path(body, connection, "/publishing_succeeded.json"), Map.of("external", told));
    }

    /** The call that gives the publication up, which unlocks it. */
    public PrintifyCall failed(
            @Variable("printifyRequest") Object body, @Variable(Names.CONNECTION) Connection connection) {
        String reason = PrintifyJson.text(PrintifyJson.map(body), "reason");
        return PrintifyCall.send(
                path(body, connection, "/publishing_failed.json"),
                Map.of("reason", reason.isBlank() ? "the listing could not be made" : reason));
    }

    /** The same by the product's id alone, before a locked product is deleted. */
    public PrintifyCall unlock(
            @Variable(Names.VENDOR_ID) String vendorId, @Variable(Names.CONNECTION) Connection connection) {
        return failed(Map.of("product_id", vendorId), connection);
    }

    /** The product when it is locked, or was published already. */
    public List<VendorObject> foundLocked(@Variable("printifyRequest") Object body, @Body @Nullable Object product) {
        return found(Step.PUBLISH, body, product);
    }

    /** The product when it is unlocked and says where it is sold. */
    public List<VendorObject> foundPublished(@Variable("printifyRequest") Object body, @Body @Nullable Object product) {
        return found(Step.PUBLISHED, body, product);
    }

    /** The product when it is unlocked; one that is gone counts, since nothing is left to unlock. */
    public List<VendorObject> foundReleased(@Variable("printifyRequest") Object body, @Body @Nullable Object product) {
        return found(Step.RELEASE, body, product);
    }

    /** Nothing found. */
    public List<VendorObject> none() {
        return List.of();
    }

    /** The one that was found; {@code {}} as an answer proves nothing, so none means that nothing happened. */
    public VendorObject read(@Body List<VendorObject> found, @Variable("printifyRequest") Object body) {
        if (found.isEmpty()) {
            throw PrintifyJson.failure(
                    ErrorKind.TRANSIENT,
                    "not-applied",
                    "took the change of product " + PrintifyJson.text(PrintifyJson.map(body), "product_id")
                            + " and did nothing");
        }
        return found.get(0);
    }

    private static List<VendorObject> found(Step step, Object body, @Nullable Object product) {
        if (!done(step, body, product)) {
            return List.of();
        }
        Map<String, Object> map = PrintifyJson.map(product);
        String id = PrintifyJson.text(PrintifyJson.map(body), "product_id");
        Lock lock = Lock.of(map);
        return List.of(new VendorObject(
                id, map.isEmpty() ? "gone" : lock.word(), Map.of("product_id", id, "external_id", lock.external())));
    }

    private static boolean done(Step step, Object body, @Nullable Object product) {
        Map<String, Object> map = PrintifyJson.map(product);
        Lock lock = Lock.of(map);
        return switch (step) {
            case PUBLISH -> lock.locked() || !lock.external().isEmpty();
            case PUBLISHED ->
                !lock.locked()
                        && lock.external().equals(PrintifyJson.text(external(body), "id"))
                        && !lock.external().isEmpty();
            case RELEASE -> !lock.locked();
        };
    }

    private static Map<String, Object> external(Object body) {
        return PrintifyJson.map(PrintifyJson.map(body).get("external"));
    }

    private static String path(@Nullable Object body, Connection connection, String action) {
        return PrintifyJson.shop(connection) + "/products/"
                + PrintifyJson.id("product_id", PrintifyJson.text(PrintifyJson.map(body), "product_id")) + action;
    }
}
