package io.caravan.hub.enrich.listing;

import io.caravan.hub.enrich.text.WordRules;
import io.caravan.hub.model.Checks;
import java.util.List;

/**
 * How listings read and what they must say: {@code listings.yaml}.
 *
 * @param titleTarget characters after which a title is long enough and takes no further part; at most 140, default 90
 * @param giftWords put behind or before the audience in tags: "cat lovers gift"
 * @param stopWords words that no tag begins or ends with
 * @param factsHeading heading above the product's facts
 * @param careHeading heading above the care instruction
 * @param aiDisclosure the sentence that tells buyers that the picture was made with AI
 * @param partnerLine the sentence that names who produces it; {@code {{partner}}} is filled in
 * @param whoMade values that a listing may have, in the marketplace's words
 * @param whenMade values that a listing may have; the marketplace renames them each January
 * @param supplyAllowed whether a listing may be a craft supply; default no
 * @param partnerRequired whether a production partner must be set; default yes, the goods are made by one
 * @param disclosureRequired whether a description must hold {@code aiDisclosure}; default yes
 */
public record ListingRules(
        int titleTarget,
        List<String> giftWords,
        List<String> stopWords,
        String factsHeading,
        String careHeading,
        String aiDisclosure,
        String partnerLine,
        List<String> whoMade,
        List<String> whenMade,
        boolean supplyAllowed,
        boolean partnerRequired,
        boolean disclosureRequired,
        WordRules words) {

    public ListingRules {
        Checks.within("title_target", titleTarget, 1, ListingTitle.MAX);
        Checks.text("facts_heading", factsHeading, 100);
        Checks.text("care_heading", careHeading, 100);
        Checks.text("ai_disclosure", aiDisclosure, 500);
        Checks.text("partner_line", partnerLine, 500);
        if (!partnerLine.contains("{{partner}}")) {
            throw new IllegalArgumentException("partner_line must name {{partner}}");
        }
        giftWords = List.copyOf(giftWords);
        stopWords = List.copyOf(stopWords);
        whoMade = List.copyOf(whoMade);
        whenMade = List.copyOf(whenMade);
    }

    public static ListingRules defaults() {
        return new ListingRules(
                90,
                List.of("gift", "shirt"),
                List.of(
                        "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "its", "my", "of", "on",
                        "or", "that", "the", "their", "this", "to", "with", "who", "you", "your"),
                "The product",
                "Care",
                "The design was made with the help of AI tools after our own idea, and checked by us.",
                "Designed by us, printed and shipped by our production partner {{partner}}.",
                List.of("i_did"),
                List.of("made_to_order", "2020_2026"),
                false,
                true,
                true,
                WordRules.defaults());
    }
}
