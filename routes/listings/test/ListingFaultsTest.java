package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.sandbox.Fault.Kind;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever goes wrong on the wire, the vendors end up with one of each. */
class ListingFaultsTest {

    private static final int HANG_MS = 3 * ListingHub.RESPONSE_MS;

    private static ListingStage stage;

    @BeforeAll
    static void open() throws IOException {
        stage = ListingStage.shared();
    }

    @AfterEach
    void clear() {
        stage.shop.clear();
    }

    @Test
    void shouldListOnceWhenNothingGoesWrong() {
        String id = stage.list();

        stage.awaitLiveOnce(id);

        assertThat(stage.attempts(id).values()).allMatch(attempts -> attempts == 1);
    }

    @ParameterizedTest(name = "{1} {0} on {2} {3}")
    @CsvSource({
        "EFFECT_ANSWER, etsy, POST, /shops/[0-9]+/listings$",
        "EFFECT_HANG, etsy, POST, /shops/[0-9]+/listings$",
        "LATE_EFFECT, etsy, POST, /shops/[0-9]+/listings$",
        "EFFECT_RESET, etsy, PATCH, /shops/[0-9]+/listings/[0-9]+$",
        "EFFECT_HANG, etsy, PATCH, /shops/[0-9]+/listings/[0-9]+$",
        "EFFECT_RESET, etsy, POST, /listings/[0-9]+/images$",
        "EFFECT_RESET, etsy, PUT, /listings/[0-9]+/inventory$",
        "EFFECT_RESET, printify, POST, /uploads/images.json$",
        "EFFECT_RESET, printify, POST, /products.json$",
        "EFFECT_RESET, printify, POST, /publish.json$",
        "EFFECT_RESET, printify, POST, /publishing_succeeded.json$",
        "RESET, printify, POST, /publishing_succeeded.json$"
    })
    void shouldListOnceWhenTheOutcomeOfACallIsNotKnown(Kind kind, String vendor, String method, String path)
            throws IOException {
        stage.shop.arm(vendor, method, path, 1, kind, kind == Kind.LATE_EFFECT ? 300 : HANG_MS);

        stage.awaitLiveOnce(stage.list());

        assertThat(stage.shop.allStruck()).as("the fault has struck").isTrue();
    }
}
