package io.caravan.hub.connectors.reddit;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refusals come as JSON, as plain text or as a page of HTML under the same status. What JSON adds is a {@code reason};
 * what HTML tells is that the edge of the network refused, not the API.
 */
public final class RedditErrors extends VendorErrors {

    /** Answers of the token call that no other secret would change. */
    private static final Set<String> OUR_MISTAKE = Set.of("unsupported_grant_type", "invalid_request", "invalid_scope");

    public RedditErrors() {
        super("reddit");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        Map<?, ?> answer = body instanceof Map<?, ?> map ? map : Map.of();
        if (reply.status() >= 300 && reply.status() < 400) {
            return fault(ErrorKind.GONE, "redirect", "sent us elsewhere: it has no such subreddit");
        }
        if (reply.success()) {
            return answer.containsKey("error") && !answer.containsKey("data")
                    ? insideSuccess(String.valueOf(answer.get("error")))
                    : Optional.empty();
        }
        if (answer.get("reason") instanceof String reason && (reply.status() == 403 || reply.status() == 404)) {
            return fault(ErrorKind.GONE, reason, "does not show that subreddit: it is " + reason);
        }
        if (reply.status() == 403 && body != null) {
            return fault(
                    ErrorKind.UNAUTHORISED,
                    "http-403",
                    "refused (403) without a reason: the credential, or a subreddit of the list is private, quarantined or"
                            + " banned");
        }
        if (reply.status() == 403) {
            return fault(
                    ErrorKind.UNAUTHORISED,
                    "blocked",
                    "blocked this client with a page: check the User-Agent, the host and that the application is approved");
        }
        return Optional.empty();
    }

    /** The token call says no with status 200 as well. */
    private static Optional<Fault> insideSuccess(String error) {
        ErrorKind kind = OUR_MISTAKE.contains(error) ? ErrorKind.REJECTED : ErrorKind.UNAUTHORISED;
        return fault(kind, error, "refused to give a token: " + error);
    }

    private static Optional<Fault> fault(ErrorKind kind, String code, String message) {
        return Optional.of(new Fault(kind, code, message));
    }
}
