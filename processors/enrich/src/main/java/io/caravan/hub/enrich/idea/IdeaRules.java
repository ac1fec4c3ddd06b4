package io.caravan.hub.enrich.idea;

import io.caravan.hub.enrich.listing.ProductFacts;
import io.caravan.hub.enrich.text.Terms;
import io.caravan.hub.enrich.text.WordRules;
import io.caravan.hub.model.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an idea may be: {@code ideas.yaml}.
 *
 * @param productType what the idea is for ("T-Shirt")
 * @param facts what may be claimed of the product
 * @param claims words that promise something ("official", "handmade"): refused unless one of the facts holds them
 * @param instructionPhrases sentences that instruct a machine, in any language; beside the patterns that are built in
 * @param stopWords words that do not make an idea be about a trend ("the")
 */
public record IdeaRules(
        String productType,
        List<String> facts,
        Lengths lengths,
        List<String> claims,
        List<String> instructionPhrases,
        List<String> stopWords,
        WordRules words) {

    public IdeaRules {
        Checks.text("product_type", productType, 40);
        Terms.of(claims);
        Terms.of(instructionPhrases);
        facts = List.copyOf(facts);
        claims = List.copyOf(claims);
        instructionPhrases = List.copyOf(instructionPhrases);
        stopWords = List.copyOf(stopWords);
    }

    /** Characters, for {@code tags} their number. */
    public record Range(int min, int max) {

        public Range {
            Checks.within("min", min, 0, max);
        }
    }

    /** No field may be longer than the model's {@code Idea} takes. */
    public record Lengths(
            Range headline, Range motif, Range style, Range audience, Range story, Range tag, Range tags) {

        public Lengths {
            Checks.within("lengths.headline.max", headline.max(), 1, 120);
            Checks.within("lengths.motif.max", motif.max(), 1, 600);
            Checks.within("lengths.style.max", style.max(), 1, 300);
            Checks.within("lengths.audience.max", audience.max(), 1, 200);
            Checks.within("lengths.story.max", story.max(), 1, 2_000);
            Checks.within("lengths.tag.max", tag.max(), 1, 100);
            Checks.within("lengths.tags.max", tags.max(), 1, 20);
        }
    }

    /** The same rules for the product that is to be sold. */
    public IdeaRules forProduct(ProductFacts product) {
        List<String> all = new ArrayList<>(product.facts());
        all.addAll(product.materials());
        return new IdeaRules(product.type(), all, lengths, claims, instructionPhrases, stopWords, words);
    }

    /** What a prompt may name as {@code {{name}}}. All of it comes from these rules, none from a trend. */
    public Map<String, String> placeholders() {
        Map<String, String> all = new TreeMap<>();
        all.put("product_type", productType);
        all.put("facts", String.join("; ", facts));
        range(all, "headline", lengths.headline());
        range(all, "motif", lengths.motif());
        range(all, "style", lengths.style());
        range(all, "audience", lengths.audience());
        range(all, "story", lengths.story());
        range(all, "tag", lengths.tag());
        range(all, "tags", lengths.tags());
        return all;
    }

    private static void range(Map<String, String> all, String name, Range range) {
        all.put(name + "_min", Integer.toString(range.min()));
        all.put(name + "_max", Integer.toString(range.max()));
    }

    public static IdeaRules defaults() {
        return new IdeaRules(
                "T-Shirt",
                List.of(),
                new Lengths(
                        new Range(8, 120),
                        new Range(20, 600),
                        new Range(5, 300),
                        new Range(3, 200),
                        new Range(60, 2_000),
                        new Range(2, 40),
                        new Range(5, 20)),
                List.of(
                        "official",
                        "officially licensed",
                        "licensed",
                        "authentic",
                        "endorsed",
                        "limited edition",
                        "organic",
                        "organic cotton",
                        "recycled",
                        "eco friendly",
                        "sustainable",
                        "handmade",
                        "hand made",
                        "handmade by",
                        "hand drawn",
                        "hand painted",
                        "made in",
                        "100% cotton",
                        "hypoallergenic",
                        "waterproof",
                        "fda approved",
                        "clinically proven",
                        "cures",
                        "best seller",
                        "money back",
                        "guarantee",
                        "guaranteed"),
                List.of(
                        "ignore previous instructions",
                        "ignore all previous instructions",
                        "ignore the above",
                        "disregard previous instructions",
                        "forget your instructions",
                        "system prompt",
                        "prompt injection"),
                List.of(
                        "the", "and", "for", "with", "from", "that", "this", "you", "your", "are", "was", "not", "how",
                        "what", "who", "why", "new", "day", "today", "best", "top", "der", "die", "das", "und", "les",
                        "des", "une", "los", "las", "con", "para", "por"),
                WordRules.defaults());
    }
}
