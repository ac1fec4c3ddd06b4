package io.caravan.hub.connectors.googletrends;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Errors come as HTML, also under 200: a captcha or consent page instead of the feed is a rate limit in disguise. */
public final class GoogleTrendsErrors extends VendorErrors {

    public GoogleTrendsErrors() {
        super("google-trends");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        boolean feed = reply.text().contains("<rss") || reply.text().contains("<channel");
        if (reply.success() && !feed) {
            boolean page = reply.text().toLowerCase(Locale.ROOT).contains("<html");
            return Optional.of(
                    page
                            ? new Fault(
                                    ErrorKind.RATE_LIMITED, "captcha-or-consent", "answered with a page, not the feed")
                            : new Fault(ErrorKind.TRANSIENT, "no-feed", "answered without a feed"));
        }
        if (reply.status() >= 300 && reply.status() < 400) {
            return Optional.of(new Fault(ErrorKind.RATE_LIMITED, "consent-redirect", "sent us to a consent page"));
        }
        return Optional.empty();
    }
}
