package io.caravan.hub.enrich.image;

import io.caravan.hub.enrich.image.ImageRules.Review;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Approve, or wait for a person. Never rejects: that is a person's decision. */
public final class ReviewPolicy {

    private ReviewPolicy() {}

    /** Approved only when the account wishes so and nothing at all speaks against it. */
    public static Decision decide(ReviewCase picture, ImageRules rules) {
        Review policy = rules.review();
        List<Finding> findings = new ArrayList<>(picture.checks());
        if (picture.checks().isEmpty()) {
            findings.add(new Finding("checks", false, "the picture was not measured"));
        }
        findings.add(moderation(picture));
        findings.add(
                picture.similarImages().isEmpty()
                        ? new Finding("duplicate", true, "no other picture of the account looks like it")
                        : new Finding("duplicate", false, "looks like " + String.join(", ", picture.similarImages())));
        findings.add(new Finding(
                "score",
                picture.trendScore() >= policy.minScore(),
                "the trend's score is " + picture.trendScore() + ", " + policy.minScore()
                        + " are needed without a person"));
        findings.add(
                policy.autoApprove()
                        ? new Finding("policy", true, "the account approves pictures without objections by itself")
                        : new Finding("policy", false, "the account wants a person to see every picture"));
        findings.sort(Comparator.comparing(Finding::good));
        return new Decision(findings.stream().allMatch(Finding::good), findings);
    }

    private static Finding moderation(ReviewCase picture) {
        return switch (picture.moderation()) {
            case CLEAN ->
                picture.moderationCategories().isEmpty()
                        ? new Finding("moderation", true, "moderation found nothing")
                        : flagged(picture);
            case FLAGGED -> flagged(picture);
            case NOT_RUN -> new Finding("moderation", false, "moderation did not answer");
        };
    }

    private static Finding flagged(ReviewCase picture) {
        return new Finding(
                "moderation", false, "moderation flagged " + String.join(", ", picture.moderationCategories()));
    }
}
