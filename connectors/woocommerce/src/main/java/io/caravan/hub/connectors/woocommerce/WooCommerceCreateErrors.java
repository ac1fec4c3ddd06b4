package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.model.ErrorKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For creating a product: its SKU is made of the reference, so a store that has it already most likely has the product
 * of an earlier try. That is an unknown outcome, which is looked up, and no refusal.
 */
public final class WooCommerceCreateErrors extends WooCommerceErrors {

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        return super.read(reply, body)
                .map(fault -> fault.code().equals("product_invalid_sku")
                        ? new Fault(ErrorKind.TRANSIENT, fault.code(), fault.message() + "; to be looked up")
                        : fault);
    }
}
