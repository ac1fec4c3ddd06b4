package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Etsy says 429: nothing is asked before its time, nothing is given up, nothing is made twice. */
class ListingLimitsTest {

    /** Calls of Etsy that one listing takes when nothing goes wrong. */
    private static final int CALLS = 8;

    private static ListingStage stage;

    @BeforeAll
    static void open() throws IOException {
        stage = ListingStage.shared();
        // the shop's profile, which the first listing makes
        stage.awaitLiveOnce(stage.list());
    }

    @AfterEach
    void clear() {
        stage.shop.clear();
    }

    @Test
    void shouldWaitAsLongAsEtsyTellsAndAskOnceMore() throws IOException {
        int before = stage.shop.requests("etsy").size();
        Map<String, String> told = Map.of("retry-after", "1");
        refuse("POST", ListingShop.CREATE, told);
        refuse("POST", ListingShop.IMAGES, told);
        refuse("PUT", ListingShop.INVENTORY, told);
        refuse("PATCH", ListingShop.LISTING, told);

        stage.awaitLiveOnce(stage.list());

        assertThat(stage.shop.allStruck()).isTrue();
        List<ReceivedRequest> calls = since(before);
        nothingWithin(Duration.ofSeconds(1), calls);
        // a call that reads before it writes reads again
        assertThat(calls).hasSizeLessThanOrEqualTo(CALLS + 4 + 2);
    }

    @Test
    void shouldWaitByItselfWhenEtsyTellsNoWait() throws IOException {
        int before = stage.shop.requests("etsy").size();
        refuse("POST", ListingShop.CREATE, Map.of());
        refuse("PATCH", ListingShop.LISTING, Map.of());

        stage.awaitLiveOnce(stage.list());

        assertThat(stage.shop.allStruck()).isTrue();
        List<ReceivedRequest> calls = since(before);
        nothingWithin(Duration.ofSeconds(1), calls);
        assertThat(calls).hasSizeLessThanOrEqualTo(CALLS + 2 + 1);
    }

    private static void refuse(String method, String path, Map<String, String> headers) {
        stage.shop.answer("etsy", method, path, 1, 429, headers, "{\"error\":\"Exceeded the rate limit\"}");
    }

    private static List<ReceivedRequest> since(int before) {
        List<ReceivedRequest> all = stage.shop.requests("etsy");
        return all.subList(before, all.size());
    }

    private static void nothingWithin(Duration wait, List<ReceivedRequest> calls) {
        for (int i = 0; i + 1 < calls.size(); i++) {
            if (calls.get(i).status() == 429) {
                Instant next = Instant.parse(calls.get(i + 1).at());
                assertThat(Duration.between(Instant.parse(calls.get(i).at()), next))
                        .as("call %s after a 429", calls.get(i + 1).path())
                        .isGreaterThanOrEqualTo(wait);
            }
        }
    }
}
