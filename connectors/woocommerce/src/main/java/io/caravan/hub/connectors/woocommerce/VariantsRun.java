package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Placed;
import io.caravan.hub.model.product.Product;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a product complete, one request after the other: its tags, its pictures a few at a time, its variations in
 * batches. Each step compares with what is there, so a run that broke off is simply run again. At the end the variations
 * are read back.
 */
public final class VariantsRun {

    private enum Step {
        PRODUCT,
        TAGS,
        DETAILS,
        LIST,
        BATCH,
        DONE
    }

    private final Product product;
    private final String id;
    private final Connection connection;
    private final boolean reading;
    private final TagRun tags;
    private Step step = Step.PRODUCT;
    private Map<String, Object> there = Map.of();
    private Map<String, Object> details = Map.of();
    private final Map<String, Map<String, Object>> present = new LinkedHashMap<>();
    private int page;
    private Variations plan = new Variations(List.of(), List.of(), List.of());
    private Variations sent = plan;
    private boolean wrote;
    private boolean complete;
    private @Nullable VendorException problem;

    /** @param reading whether it only looks: for a look-up */
    VariantsRun(Placed placed, Connection connection, boolean reading) {
        this.product = placed.product();
        this.id = WooCommerceProductMapper.number("object.id", placed.object().id());
        this.connection = connection;
        this.reading = reading;
        this.tags = new TagRun(product.tags());
    }

    /** Whether another request is to be made. */
    public boolean more() {
        return step != Step.DONE;
    }

    /** The next request. */
    public WooCommerceCall call() {
        return switch (step) {
            case PRODUCT -> WooCommerceCall.get("/products/" + id);
            case TAGS -> WooCommerceCall.send("POST", "/products/tags/batch", tags.next());
            case DETAILS -> WooCommerceCall.send("PUT", "/products/" + id, details);
            case LIST -> WooCommerceCall.list("/products/" + id + "/variations", WooCommerceCall.MOST_ROWS, page);
            case BATCH -> WooCommerceCall.send("POST", "/products/" + id + "/variations/batch", sent.body());
            case DONE -> throw new IllegalStateException("nothing is left to do");
        };
    }

    /** @param pages what the answer's header says about the number of pages, empty when it says nothing */
    void take(@Nullable Object reply, String pages) {
        switch (step) {
            case PRODUCT, DETAILS -> product(WooCommerceJson.object(reply));
            case TAGS -> {
                tags.take(reply);
                next();
            }
            case LIST -> list(WooCommerceJson.page(reply), pages);
            case BATCH -> batch(WooCommerceJson.object(reply));
            case DONE -> throw new IllegalStateException("nothing was asked");
        }
    }

    /** Shape: facts {@code complete, variants, images, url} and, when not complete, {@code missing}. */
    public VendorObject result() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("complete", complete);
        facts.put("variants", ProductBody.simple(product) ? 1 : present.size());
        facts.put("images", WooCommerceJson.list(there.get("images")).size());
        facts.put("url", WooCommerceJson.text(there, "permalink"));
        facts.put("missing", plan.count());
        return new VendorObject(id, WooCommerceJson.text(there, "status"), facts);
    }

    private void product(Map<String, Object> reply) {
        if (!WooCommerceJson.id(reply, "id").equals(id)) {
            throw WooCommerceJson.unreadable("another product than " + id);
        }
        there = reply;
        next();
    }

    /** What comes after the product was read or changed. */
    private void next() {
        boolean unknownTags = tags.more(there);
        if (unknownTags && !reading) {
            step = Step.TAGS;
            return;
        }
        Map<String, Object> missing = missing();
        if (missing.isEmpty()) {
            if (ProductBody.simple(product)) {
                end(true);
            } else {
                read();
            }
        } else if (reading) {
            end(false);
        } else if (missing.equals(details)) {
            throw notApplied(String.join(", ", missing.keySet()));
        } else {
            details = missing;
            step = Step.DETAILS;
        }
    }

    /** What the product itself lacks: tags, pictures, and the offer when it has no variations. */
    private Map<String, Object> missing() {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!tags.complete(there)) {
            body.put("tags", tags.ids());
        }
        List<Map<String, Object>> pictures = Gallery.next(
                product.images(),
                WooCommerceJson.list(there.get("images")),
                number("picturesAtOnce", 5, 50),
                connection);
        if (pictures != null) {
            body.put("images", pictures);
        }
        if (ProductBody.simple(product)) {
            Map<String, Object> offer = ProductBody.offer(product.variants().get(0), connection);
            if (Variations.differs(offer, there)) {
                body.putAll(offer);
            }
        }
        return body;
    }

    private void read() {
        present.clear();
        page = 1;
        step = Step.LIST;
    }

    private void list(List<?> rows, String pages) {
        int before = present.size();
        rows.stream().map(WooCommerceJson::map).forEach(one -> present.put(WooCommerceJson.id(one, "id"), one));
        boolean told = pages.matches("[0-9]{1,9}");
        boolean last = told ? page >= Integer.parseInt(pages) : rows.isEmpty() || present.size() == before;
        if (!last) {
            page++;
            return;
        }
        plan = Variations.missing(
                product,
                List.copyOf(present.values()),
                Gallery.present(product.images(), WooCommerceJson.list(there.get("images"))),
                connection,
                WooCommerceJson.text(there, "status").equals("draft"));
        if (plan.complete() || reading) {
            end(plan.complete());
        } else if (wrote) {
            throw problem != null
                    ? problem
                    : notApplied(plan.create().size() + " variations to make, "
                            + plan.update().size() + " to change, "
                            + plan.delete().size() + " to delete");
        } else {
            wrote = true;
            write();
        }
    }

    private void write() {
        sent = plan.batch(number("variationsAtOnce", 50, 100));
        plan = plan.without(sent);
        step = Step.BATCH;
    }

    /** A batch answers 200 whatever became of its items; a refusal counts only if the item is then not there. */
    private void batch(Map<String, Object> reply) {
        int answered = 0;
        for (String part : List.of("create", "update", "delete")) {
            for (Object one : WooCommerceJson.list(reply.get(part))) {
                Map<String, Object> item = WooCommerceJson.map(one);
                answered++;
                if (item.get("error") instanceof Map<?, ?> error && problem == null) {
                    problem = WooCommerceErrors.item(WooCommerceJson.map(error), name(part, item, answered));
                }
            }
        }
        if (answered == 0) {
            throw WooCommerceJson.unreadable("a batch without items");
        }
        if (plan.count() > 0) {
            write();
        } else {
            read();
        }
    }

    private String name(String part, Map<String, Object> item, int number) {
        String sku = WooCommerceJson.text(item, "sku");
        boolean known = part.equals("create") && number <= sent.create().size();
        return "variation "
                + (sku.isEmpty() && known ? WooCommerceJson.text(sent.create().get(number - 1), "sku") : sku);
    }

    private void end(boolean whole) {
        complete = whole;
        step = Step.DONE;
    }

    private int number(String setting, int otherwise, int most) {
        String value = connection.settingOr(setting, "");
        return value.matches("[1-9][0-9]{0,3}") ? Math.min(most, Integer.parseInt(value)) : otherwise;
    }

    private VendorException notApplied(String what) {
        return new VendorException(
                ErrorKind.TRANSIENT,
                WooCommerceErrors.VENDOR,
                "not-applied",
                200,
                "took the changes of product " + id + " but these are not as sent: " + what,
                "");
    }
}
