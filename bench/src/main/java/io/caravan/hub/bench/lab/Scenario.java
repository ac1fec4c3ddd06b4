package io.caravan.hub.bench.lab;

import java.util.Locale;

/**
 * What is measured.
 *
 * @param variants of each product
 * @param enrichMs how long the enricher takes to answer
 */
public record Scenario(Db db, int variants, int enrichMs) {

    /** Kinds of databases. */
    public enum Db {
        H2,
        POSTGRES
    }

    public String label() {
        return db.name().toLowerCase(Locale.ROOT) + ", " + variants + " variants"
                + (enrichMs == 0 ? "" : ", enrichment " + enrichMs + " ms");
    }
}
