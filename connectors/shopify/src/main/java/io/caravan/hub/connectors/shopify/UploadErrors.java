package io.caravan.hub.connectors.shopify;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store behind a staged upload is not Shopify's API: its 403 means that the target ran out or its policy was not met,
 * never that the shop's credential is bad. The next try gets a new target.
 */
public final class UploadErrors extends VendorErrors {

    public UploadErrors() {
        super("shopify");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        if (reply.success()) {
            return Optional.empty();
        }
        boolean tooLarge = reply.status() == 413 || reply.text().contains("EntityTooLarge");
        return Optional.of(
                tooLarge
                        ? new Fault(ErrorKind.REJECTED, "picture-too-large", "the picture is too large")
                        : new Fault(
                                ErrorKind.TRANSIENT,
                                "upload-" + reply.status(),
                                "the picture could not be uploaded (" + reply.status() + ")"));
    }
}
