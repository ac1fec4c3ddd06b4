package io.caravan.hub.config.imports;

import io.caravan.hub.model.Checks;

/**
 * What is imported without naming each product: sections of {@code import.yaml}.
 *
 * @param search imports of what a search finds
 * @param scored products that another system scored
 * @param auto what trends bring by themselves
 */
public record ImportAutomation(Search search, Scored scored, Auto auto) {

    public static ImportAutomation defaults() {
        return new ImportAutomation(new Search(100), new Scored(80), new Auto(false, 80, 1, "cjdropshipping"));
    }

    /** @param most products of one search, 1 to 1,000 */
    public record Search(int most) {
        public Search {
            Checks.within("search.most", most, 1, 1_000);
        }
    }

    /** @param minScore 0 to 100; products that score less are not imported */
    public record Scored(int minScore) {
        public Scored {
            Checks.within("scored.min_score", minScore, 0, 100);
        }
    }

    /**
     * @param minScore of trends, 0 to 100
     * @param perTrend most products for one trend, 1 to 100
     * @param supplier that is searched for the trend's words
     */
    public record Auto(boolean enabled, int minScore, int perTrend, String supplier) {
        public Auto {
            Checks.within("auto.min_score", minScore, 0, 100);
            Checks.within("auto.per_trend", perTrend, 1, 100);
            Checks.id("auto.supplier", supplier);
        }
    }
}
