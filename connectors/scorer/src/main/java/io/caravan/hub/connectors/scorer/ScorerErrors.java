package io.caravan.hub.connectors.scorer;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of callbacks has no codes. What it refuses for good is REJECTED, 401 and 403 too: they must not shut the
 * connection, through which its own events come in.
 */
public final class ScorerErrors extends VendorErrors {

    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    public ScorerErrors() {
        super("scorer");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        int status = reply.status();
        return status >= 300 && status < 500 && !PASSING.contains(status)
                ? Optional.of(
                        new Fault(ErrorKind.REJECTED, "http-" + status, "does not take the callback (" + status + ")"))
                : Optional.empty();
    }
}
