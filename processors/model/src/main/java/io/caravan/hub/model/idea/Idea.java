package io.caravan.hub.model.idea;

import io.caravan.hub.model.Checks;
import java.util.List;

/**
 * What to make of a trend, as the model proposed it and the judge let it pass. Never holds prices, recipients, URLs or
 * account data: those do not come from a model.
 *
 * @param motif what the picture shows, one or two sentences
 * @param style how it is drawn ("flat vector, three colours")
 * @param audience who buys it
 * @param headline the seed of the listing's title
 * @param story two to five sentences for the description
 * @param tags up to 20 raw tag proposals
 */
public record Idea(String headline, String motif, String style, String audience, String story, List<String> tags) {

    public Idea {
        Checks.text("headline", headline, 120);
        Checks.text("motif", motif, 600);
        Checks.text("style", style, 300);
        Checks.text("audience", audience, 200);
        Checks.text("story", story, 2_000);
        tags = List.copyOf(tags);
    }
}
