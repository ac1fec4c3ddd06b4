package io.caravan.hub.enrich.trend;

import io.caravan.hub.enrich.text.Terms;
import io.caravan.hub.enrich.text.WordRules;
import io.caravan.hub.model.Checks;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * How signals are cleaned and scored: {@code trends.yaml}.
 *
 * @param maxLength longer keywords are dropped; at most 200, the default
 * @param minLength letters that a keyword needs; an ideograph, kana or hangul counts double; default 3
 * @param genericTerms keywords that say nothing ({@code fyp})
 * @param words banned words and brands, dropped with a reason each
 * @param interactionFullRate volume's unit in lower case to the interactions per unit that earn all points; units that
 *     are not named earn none
 * @param fallbackCap most points of a keyword that nobody observed; default 35
 */
public record TrendRules(
        int maxLength,
        int minLength,
        List<String> genericTerms,
        WordRules words,
        Weights weights,
        Freshness freshness,
        Map<String, BigDecimal> interactionFullRate,
        int fallbackCap,
        Printability printability,
        Sentences sentences) {

    public TrendRules {
        Checks.within("max_length", maxLength, 1, 200);
        Checks.within("min_length", minLength, 1, maxLength);
        Checks.within("fallback_cap", fallbackCap, 0, 100);
        int most = weights.sources()
                + weights.volume()
                + weights.interactions()
                + weights.freshness()
                + printability.base()
                + printability.suitableMax();
        Checks.within("weights and printability together", most, 1, 100);
        interactionFullRate.forEach((unit, rate) -> {
            if (rate.signum() <= 0) {
                throw new IllegalArgumentException("interaction_full_rate." + unit + " must be more than 0");
            }
        });
        genericTerms = List.copyOf(genericTerms);
        interactionFullRate = Map.copyOf(interactionFullRate);
    }

    /**
     * What happens to a source's headlines.
     *
     * @param maxWords a keyword of more words is a sentence and gives its phrases instead; default 5
     * @param phrases at most so many of one sentence; default 2
     * @param stopWords in lower case; a sentence is cut at them
     */
    public record Sentences(int maxWords, int phrases, List<String> stopWords) {

        public Sentences {
            Checks.within("sentences.max_words", maxWords, 1, 100);
            Checks.within("sentences.phrases", phrases, 1, 10);
            stopWords = List.copyOf(stopWords);
        }
    }

    /**
     * Most points of each part.
     *
     * @param sources when {@code sourcesFullAt} sources saw it; one source alone earns none; default 25 at 3
     * @param volume for more volume than every other keyword of the same source and unit in this cycle; default 30
     * @param interactions default 10
     * @param freshness default 15
     */
    public record Weights(int sources, int sourcesFullAt, int volume, int interactions, int freshness) {

        public Weights {
            Checks.within("weights.sources", sources, 0, 100);
            Checks.within("weights.sources_full_at", sourcesFullAt, 2, 20);
            Checks.within("weights.volume", volume, 0, 100);
            Checks.within("weights.interactions", interactions, 0, 100);
            Checks.within("weights.freshness", freshness, 0, 100);
        }
    }

    /**
     * @param fullHours age of the newest signal up to which all points are given; default 6
     * @param zeroHours age from which none are given, in between they fall evenly; default 72
     */
    public record Freshness(int fullHours, int zeroHours) {

        public Freshness {
            Checks.within("freshness.full_hours", fullHours, 0, 10_000);
            Checks.within("freshness.zero_hours", zeroHours, fullHours + 1L, 10_001);
        }
    }

    /**
     * Whether the keyword makes a picture that somebody wants on a shirt.
     *
     * @param base points when nothing speaks against it; default 10
     * @param suitablePoints for each suitable term, up to {@code suitableMax}; default 5, up to 10
     * @param maxWords a keyword of more words reads like a sentence and loses {@code tooLongPoints}; default 8 and 10
     * @param contextPercent share of a theme's points that is lost when only a headline around the keyword speaks of it
     */
    public record Printability(
            int base,
            int suitablePoints,
            int suitableMax,
            List<String> suitable,
            int maxWords,
            int tooLongPoints,
            int contextPercent,
            List<Theme> unsuitable) {

        public Printability {
            Checks.within("printability.base", base, 0, 100);
            Checks.within("printability.suitable_points", suitablePoints, 0, 100);
            Checks.within("printability.suitable_max", suitableMax, 0, 100);
            Checks.within("printability.max_words", maxWords, 1, 100);
            Checks.within("printability.too_long_points", tooLongPoints, 0, 100);
            Checks.within("printability.context_percent", contextPercent, 0, 100);
            Terms.of(suitable);
            suitable = List.copyOf(suitable);
            unsuitable = List.copyOf(unsuitable);
        }
    }

    /**
     * A theme that does not sell, or should not.
     *
     * @param code kebab case, becomes the reason's code
     * @param points that are lost, positive
     * @param why for a person: "deaths and disasters are not for shirts"
     */
    public record Theme(String code, int points, String why, List<String> terms) {

        public Theme {
            Checks.id("printability.unsuitable.code", code);
            Checks.within("printability.unsuitable.points", points, 1, 100);
            Terms.of(terms);
            terms = List.copyOf(terms);
        }
    }

    public static TrendRules defaults() {
        return new TrendRules(
                200,
                3,
                List.of("fyp", "foryou", "foryoupage", "viral", "trending", "explore", "explorepage", "xyzbca"),
                WordRules.defaults(),
                new Weights(25, 3, 30, 10, 15),
                new Freshness(6, 72),
                Map.of(
                        "plays", new BigDecimal("0.10"),
                        "upvotes", new BigDecimal("0.50"),
                        "posts", new BigDecimal("0.10")),
                35,
                new Printability(
                        10,
                        5,
                        10,
                        List.of("cat", "dog", "mom", "dad", "funny", "vintage", "retro", "halloween", "christmas"),
                        8,
                        10,
                        50,
                        List.of(
                                new Theme(
                                        "politics",
                                        40,
                                        "politics divide buyers",
                                        List.of(
                                                "election",
                                                "president",
                                                "senate",
                                                "congress",
                                                "parliament",
                                                "minister")),
                                new Theme(
                                        "death",
                                        60,
                                        "deaths and disasters are not for shirts",
                                        List.of(
                                                "died",
                                                "dies",
                                                "dead",
                                                "death",
                                                "obituary",
                                                "shooting",
                                                "killed",
                                                "crash")),
                                new Theme(
                                        "sports-result",
                                        25,
                                        "a result is old tomorrow and the teams' names are theirs",
                                        List.of("vs", "score", "scores", "highlights", "standings", "live stream")))),
                new Sentences(
                        5,
                        2,
                        List.of(
                                "a", "an", "and", "are", "for", "i", "in", "is", "it", "my", "of", "on", "the", "this",
                                "to", "was", "with")));
    }
}
