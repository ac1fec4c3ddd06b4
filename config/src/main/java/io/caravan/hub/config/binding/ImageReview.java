package io.caravan.hub.config.binding;

import io.caravan.hub.config.store.Trends;
import io.caravan.hub.enrich.image.Decision;
import io.caravan.hub.enrich.image.Finding;
import io.caravan.hub.enrich.image.ImageRules;
import io.caravan.hub.enrich.image.Moderation;
import io.caravan.hub.enrich.image.ReviewCase;
import io.caravan.hub.enrich.image.ReviewPolicy;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.delivery.VendorObject;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Bean {@code imageReview}: the account's policy on a picture that nobody has seen yet, by {@code images.yaml}. */
public class ImageReview {

    private final Trends trends;
    private final ImageRules rules;

    ImageReview(Trends trends, ImageRules rules) {
        this.trends = trends;
        this.rules = rules;
    }

    /**
     * Body in: the moderation's object; out: the event for a person. Sets the variables {@code approved} and {@code
     * reasons}, every finding in words, what speaks against the picture first.
     */
    public Map<String, Object> decide(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("checks") List<Finding> checks,
            @Body VendorObject moderation,
            Exchange exchange) {
        List<String> categories = moderation.facts().get("categories") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        Decision decision = ReviewPolicy.decide(
                new ReviewCase(
                        checks,
                        verdict(moderation),
                        categories,
                        List.of(),
                        trends.load(account, item).score()),
                rules);
        List<String> reasons = decision.findings().stream().map(Finding::text).toList();
        exchange.setVariable("approved", decision.approved());
        exchange.setVariable("reasons", reasons);
        return Map.of(
                "notice_id",
                "review-" + item.get("image_id"),
                "notice",
                "image-review",
                "image_id",
                String.valueOf(item.get("image_id")),
                "reasons",
                reasons);
    }

    /** An answer that does not say whether it flagged anything is no clean one. */
    private static Moderation verdict(VendorObject moderation) {
        if (!(moderation.facts().get("flagged") instanceof Boolean flagged)) {
            return Moderation.NOT_RUN;
        }
        return flagged ? Moderation.FLAGGED : Moderation.CLEAN;
    }
}
