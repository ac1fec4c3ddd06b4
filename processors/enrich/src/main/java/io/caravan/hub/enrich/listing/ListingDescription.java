package io.caravan.hub.enrich.listing;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.model.idea.Idea;
import java.util.ArrayList;
import java.util.List;

/** The story, then facts from the product file alone, then what the law and the marketplace want said. */
public final class ListingDescription {

    /** What the model's {@code Offer} takes. */
    public static final int MAX = 10_000;

    private ListingDescription() {}

    /**
     * Plain text, paragraphs parted by an empty line. The disclosure and the partner are always in it: when it grows too
     * long, the part before them is cut.
     */
    public static String of(Idea idea, ProductFacts product, ListingRules rules) {
        List<String> lines = new ArrayList<>();
        lines.add(visible(idea.story()));
        lines.add("");
        lines.add(rules.factsHeading());
        lines.add("- " + visible(product.name()));
        product.facts().forEach(fact -> lines.add("- " + visible(fact)));
        product.materials().forEach(material -> lines.add("- " + visible(material)));
        if (!product.care().isBlank()) {
            lines.addAll(List.of("", rules.careHeading(), visible(product.care())));
        }
        String partner = rules.partnerLine().replace("{{partner}}", visible(product.partner()));
        String tail = "\n\n" + rules.aiDisclosure() + "\n\n" + partner;
        String head = Fold.cutAtWord(String.join("\n", lines), MAX - tail.length());
        return head + tail;
    }

    private static String visible(String text) {
        return Fold.clean(text).replace("<", "").replace(">", "");
    }
}
