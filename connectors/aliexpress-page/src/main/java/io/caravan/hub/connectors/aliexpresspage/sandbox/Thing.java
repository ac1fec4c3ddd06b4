package io.caravan.hub.connectors.aliexpresspage.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Something that is sold.
 *
 * @param choices in the page's order; none for a thing without options
 * @param cents of US dollars of the first SKU; each next one costs ten cents more
 * @param form which kind of page it has
 */
record Thing(String id, String title, List<Choice> choices, long cents, Form form) {

    /** Kinds of page. */
    enum Form {
        COMPONENT,
        MODULE,
        DATAHUB,
        PUNISH,
        SHELL,
        SORRY,
        OTHER
    }

    record Choice(long property, String name, List<Named> values) {}

    /** @param own the seller's own name, {@code ""} for none */
    record Named(long id, String name, String own, String country) {

        String label() {
            return own.isEmpty() ? name : own;
        }
    }

    /** One of all combinations of values. */
    record Sku(String id, List<Named> values, long cents, int stock) {}

    private static final Map<String, String> RATES =
            Map.of("USD", "1", "EUR", "0.92", "GBP", "0.79", "MXN", "16.95", "CNY", "7.19");

    List<Sku> skus() {
        List<List<Named>> combinations = new ArrayList<>(List.of(List.of()));
        for (Choice choice : choices) {
            List<List<Named>> longer = new ArrayList<>();
            for (List<Named> begun : combinations) {
                for (Named value : choice.values()) {
                    List<Named> one = new ArrayList<>(begun);
                    one.add(value);
                    longer.add(one);
                }
            }
            combinations = longer;
        }
        List<Sku> skus = new ArrayList<>();
        for (int i = 0; i < combinations.size(); i++) {
            // beyond what a double can hold, and odd, so that a rounded one is another
            long number = 12_000_050_000_000_001L + Long.parseLong(id) % 100_000 * 1_000 + i * 2L;
            skus.add(new Sku(String.valueOf(number), combinations.get(i), cents + i * 10L, 40 + i));
        }
        return skus;
    }

    static BigDecimal in(String currency, long cents) {
        return new BigDecimal(RATES.getOrDefault(currency, "1"))
                .multiply(BigDecimal.valueOf(cents, 2))
                .setScale(2, RoundingMode.HALF_UP);
    }

    static boolean knows(String currency) {
        return RATES.containsKey(currency);
    }
}
