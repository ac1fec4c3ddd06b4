package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Placed;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Variants, prices, stock, pictures and tags of a product that exists. Nothing is created that would need a reference:
 * everything hangs on the product's id and may be repeated, so the whole work is the step that confirms.
 */
public final class WooCommerceVariantsMapper {

    /** Reads the product to be completed. */
    public WooCommerceCall claim(@Body @Nullable Object body) {
        return WooCommerceCall.get("/products/" + placed(body).object().id());
    }

    public VariantsRun run(@Body @Nullable Object body, @Variable(Names.CONNECTION) Connection connection) {
        return new VariantsRun(placed(body), connection, false);
    }

    /** A run that only looks; null when there is no request, as when strays are looked for: there are none here. */
    public @Nullable VariantsRun look(@Body @Nullable Object body, @Variable(Names.CONNECTION) Connection connection) {
        return body instanceof Placed placed ? new VariantsRun(placed, connection, true) : null;
    }

    /** Nothing found. */
    public List<VendorObject> none() {
        return List.of();
    }

    /** One answer into the run. */
    public void take(
            @Variable("wooRun") VariantsRun run,
            @Body @Nullable Object reply,
            @Variable("wooPages") @Nullable Object pages) {
        run.take(reply, pages == null ? "" : pages.toString().trim());
    }

    public List<VendorObject> found(@Variable("wooRun") VariantsRun run) {
        return List.of(run.result());
    }

    /** They go with their product. */
    public VendorObject cancelled(@Variable(Names.VENDOR_ID) String vendorId) {
        return new VendorObject(vendorId, "cancelled", Map.of());
    }

    private static Placed placed(@Nullable Object body) {
        if (body instanceof Placed placed) {
            WooCommerceProductMapper.number("object.id", placed.object().id());
            return placed;
        }
        throw new IllegalArgumentException("the body must be a product with the object that was made for it");
    }
}
