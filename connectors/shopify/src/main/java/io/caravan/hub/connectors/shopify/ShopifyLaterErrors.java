package io.caravan.hub.connectors.shopify;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.model.ErrorKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For questions about a change that is under way: whatever such a question is refused with, the change itself may be
 * happening, so its outcome is unknown and not "nothing happened".
 */
public final class ShopifyLaterErrors extends ShopifyErrors {

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        return super.read(reply, body)
                .or(() -> reply.success()
                        ? Optional.empty()
                        : Optional.of(new Fault(ErrorKind.TRANSIENT, "http-" + reply.status(), "cannot be asked now")))
                .map(fault -> new Fault(
                        ErrorKind.TRANSIENT,
                        fault.code(),
                        "the change goes on, its outcome is unknown: " + fault.message()));
    }
}
