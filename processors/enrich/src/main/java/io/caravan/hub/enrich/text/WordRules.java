package io.caravan.hub.enrich.text;

import java.util.List;

/**
 * The words that nothing of ours may hold; one file for all rooms of the enricher.
 *
 * @param banned hate, drugs, weapons and the like
 * @param trademarks brands, characters, artists, teams: words of others
 */
public record WordRules(List<String> banned, List<String> trademarks) {

    public WordRules {
        Terms.of(banned);
        Terms.of(trademarks);
        banned = List.copyOf(banned);
        trademarks = List.copyOf(trademarks);
    }

    /** A short list that is right everywhere; the file in {@code config/} is the full one. */
    public static WordRules defaults() {
        return new WordRules(
                List.of("nazi", "hitler", "suicide", "rape", "porn", "cocaine", "terrorist", "kkk"),
                List.of(
                        "adidas",
                        "barbie",
                        "batman",
                        "disney",
                        "gucci",
                        "harry potter",
                        "hello kitty",
                        "lego",
                        "marvel",
                        "mickey mouse",
                        "minecraft",
                        "nike",
                        "nintendo",
                        "pokemon",
                        "star wars",
                        "taylor swift",
                        "coca cola",
                        "levi's",
                        "stanley cup",
                        "super bowl"));
    }
}
