package io.caravan.hub.connectors.delivery.nth;

import static org.assertj.core.api.Assertions.assertThat;

/** What the oracle asks. */
final class Says {

    private Says() {}

    static void that(int found, int expected, String what) {
        assertThat(found).as(what).isEqualTo(expected);
    }

    static void between(int found, int least, int most, String what) {
        assertThat(found).as(what).isBetween(least, most);
    }
}
