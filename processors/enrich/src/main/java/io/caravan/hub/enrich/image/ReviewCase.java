package io.caravan.hub.enrich.image;

import java.util.List;

/**
 * All that is known of a picture before anybody looked at it.
 *
 * @param checks from {@link ImageChecks}
 * @param moderationCategories what was flagged, empty when clean
 * @param similarImages ids of the account's pictures that look the same, see {@link PerceptualHash#similarTo}
 * @param trendScore 0 to 100
 */
public record ReviewCase(
        List<Finding> checks,
        Moderation moderation,
        List<String> moderationCategories,
        List<String> similarImages,
        int trendScore) {

    public ReviewCase {
        checks = List.copyOf(checks);
        moderationCategories = List.copyOf(moderationCategories);
        similarImages = List.copyOf(similarImages);
    }
}
