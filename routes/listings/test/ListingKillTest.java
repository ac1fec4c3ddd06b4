package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.work.NewWork;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills in the middle of a listing's troubles: two drafts of one, a later request of a run, one kill after the other. The
 * hub's process halts at a fault point as under {@code kill -9}, starts again, and the shop, which lives in another process,
 * is asked what it has. Every accepted item is live once, none is lost or doubled, none overtook another of its lane, and no
 * draft is left behind. Each point once, for every operation, is the matter of the kill matrix in {@code routes/proof}.
 * {@code -Dhub.proof=true} tries all of them.
 */
class ListingKillTest {

    /** Items of one lane, in the order of their acceptance, and the one of another lane. */
    private static final List<String> LANE = List.of("moss mug", "fern mug", "pine mug");

    private static final String OTHER = "sea mug";

    @TempDir
    Path folder;

    /**
     * What is tried.
     *
     * @param faults one killed run after the other
     * @param doubt the first draft is made and answered with 500, so that look-ups happen
     * @param hidden the first look-up does not see it, so that there will be two
     * @param withdraw the lane's second item is taken back after its draft instead of put live
     */
    private record Kill(List<String> faults, boolean doubt, boolean hidden, boolean withdraw) {}

    static Stream<Named<Kill>> kills() {
        Stream<Named<Kill>> always = Stream.of(
                named("CP17, two drafts of one listing", new Kill(List.of("CP17:2"), true, true, false)),
                named("CP18, one of two drafts deleted", new Kill(List.of("CP18"), true, true, false)),
                clean("CP13:7"),
                named(
                        "CP13, then at every step of its recovery",
                        new Kill(List.of("CP13", "CP17", "CP18", "CP19", "CP21"), false, false, false)));
        Stream<Named<Kill>> more = Stream.of(
                named("CP17, one draft of unknown outcome", new Kill(List.of("CP17"), true, false, false)),
                named("CP18, one draft of unknown outcome", new Kill(List.of("CP18"), true, false, false)),
                named("CP24, finish of a withdrawal", new Kill(List.of("CP24:2"), false, false, true)),
                clean("CP12:6"));
        return Boolean.getBoolean("hub.proof") ? Stream.concat(always, more) : always;
    }

    private static Named<Kill> clean(String fault) {
        return named(fault, new Kill(List.of(fault), false, false, false));
    }

    private static Named<Kill> named(String name, Kill kill) {
        return Named.of(name, kill);
    }

    @ParameterizedTest(name = "killed at {0}: none lost, none doubled, none overtaken, no draft left")
    @MethodSource("kills")
    void killed(Kill kill) throws Exception {
        Path ledger = folder.resolve("ledger");
        try (KillShop shop = new KillShop(folder.resolve("shop"))) {
            accept(ledger, shop.url(), kill.withdraw());
            if (kill.doubt()) {
                shop.makeOneAndFail();
            }
            if (kill.hidden()) {
                shop.hideOnce();
            }
            KillChild child = new KillChild(folder, ledger, shop.url());
            for (String fault : kill.faults()) {
                KillChild.End end = child.kill(fault);
                assertThat(end.killedAt(fault))
                        .as("killed at %s, exit %s:%n%s", fault, end.exit(), end.output())
                        .isTrue();
            }
            KillChild.End end = child.finish();
            assertThat(end.exit()).as("finished:%n%s", end.output()).isZero();
            judge(kill, ledger, shop, end.took());
        }
    }

    /** Commits the work as the hub's own producer does, before any process is killed. */
    private static void accept(Path file, URI shop, boolean withdraw) throws IOException {
        try (KillLedger ledger = KillLedger.fresh(file);
                DefaultCamelContext context = new DefaultCamelContext()) {
            DeliveryEngine engine = KillHub.engine(ledger, context, shop);
            for (String title : LANE) {
                boolean back = withdraw && title.equals(LANE.get(1));
                engine.work().insert(item("lane-1", title, back));
            }
            engine.work().insert(item("lane-2", OTHER, false));
        }
    }

    private static NewWork item(String aggregate, String title, boolean withdraw) {
        String id = title.replace(' ', '-');
        return NewWork.of(
                KillHub.ACCOUNT,
                KillRoute.TYPE,
                aggregate,
                Map.of(
                        "listing_id",
                        id,
                        "title",
                        title,
                        "description",
                        "A mug with something green on it.",
                        "tags",
                        List.of("mug", title),
                        "price",
                        Map.of("amount_minor", 1999, "currency", "USD"),
                        "sku",
                        "CRV-" + id,
                        "withdraw",
                        withdraw));
    }

    private static void judge(Kill kill, Path file, KillShop shop, Duration recovery) {
        List<String> lane = new ArrayList<>(LANE);
        if (kill.withdraw()) {
            lane.remove(1);
        }
        List<String> all = new ArrayList<>(lane);
        all.add(OTHER);
        assertThat(shop.titles("active")).as("live listings").containsExactlyInAnyOrderElementsOf(all);
        assertThat(shop.activations()).as("fees, one an activation").containsExactlyInAnyOrderElementsOf(all);
        assertThat(shop.activations().stream().filter(lane::contains))
                .as("activations of the lane, in the order of its items")
                .containsExactlyElementsOf(lane);
        assertThat(shop.titles("draft")).as("drafts left behind").isEmpty();
        try (KillLedger ledger = new KillLedger(file.toString())) {
            assertThat(ledger.texts("SELECT state FROM work")).hasSize(4).containsOnly("DONE");
            assertThat(ledger.texts("SELECT work_id FROM dead")).isEmpty();
            assertThat(ledger.texts("SELECT msg_key FROM outbox WHERE topic = '" + KillRoute.TOPIC + "'"))
                    .as("events")
                    .hasSize(4)
                    .doesNotHaveDuplicates();
        }
        System.out.printf(
                "kill matrix: %s: 0 lost, 0 doubled, 0 overtaken, %d drafts made for 4 items, recovered in %d ms%n",
                kill.faults(), shop.made(), recovery.toMillis());
    }
}
