package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Placed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Whether variants, prices, pictures and stock are as the product says: the object, or nothing. */
final class LookUpVariants extends ReadShop {

    /** @throws VendorException of kind GONE when the product is not there */
    LookUpVariants(Placed placed, Connection connection, Duration budget, LongSupplier nanos) {
        super(placed.product(), placed.object().id(), connection, budget, nanos);
        readAll(() -> done(complete() ? List.of(object(this)) : List.of()));
    }

    /** Adds facts {@code images, variants, complete} to those of the product. */
    static VendorObject object(ReadShop read) {
        VendorObject product = ProductObject.of(read.head(), read.connection);
        Map<String, Object> facts = new LinkedHashMap<>(product.facts());
        facts.put("images", read.wanted.images().size());
        facts.put("variants", read.wanted.variants().size());
        facts.put("complete", true);
        return new VendorObject(product.id(), product.state(), facts);
    }
}
