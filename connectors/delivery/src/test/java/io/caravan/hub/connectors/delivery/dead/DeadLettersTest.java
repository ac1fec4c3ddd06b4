package io.caravan.hub.connectors.delivery.dead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.Page;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadLettersTest {

    private static List<String> bury(Rig rig, DeliveryEngine engine, int count) {
        engine.register(Rig.handler("publish", 4, item -> {
            if (item.payload().contains("cat")) {
                throw new IllegalArgumentException("no cats");
            }
        }));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(engine.work().insert(Rig.work("publish", "a" + i)));
        }
        Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM dead") == count);
        return ids;
    }

    @ParameterizedTest
    @EnumSource
    void areListedInPagesAndNotShownToAnotherAccount(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            List<String> ids = bury(rig, engine, 5);
            DeadLetters letters = engine.deadLetters();
            Page<DeadLetter> first = letters.list(Rig.ACCOUNT, null, null, null, 3);
            Page<DeadLetter> rest = letters.list(Rig.ACCOUNT, "invalid", "publish", first.next(), 3);
            assertThat(first.items()).extracting(DeadLetter::workId).hasSize(3).allMatch(ids::contains);
            assertThat(rest.items()).hasSize(2);
            assertThat(letters.list(Rig.ACCOUNT, "rejected", null, null, 3).items())
                    .isEmpty();
            assertThat(letters.list(Rig.ACCOUNT, null, "notify", null, 3).items())
                    .isEmpty();

            AccountId other = new AccountId("other");
            assertThat(letters.list(other, null, null, null, 3).items()).isEmpty();
            assertThat(letters.show(other, ids.get(0))).isEmpty();
            assertThatThrownBy(() -> letters.replay(other, ids.get(0), "eve", "mine now"))
                    .isInstanceOf(NoSuchElementException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEditIsAuditedAndItsReplayRunsTheEditedPayloadOnce(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            String id = bury(rig, engine, 1).get(0);
            DeadLetters letters = engine.deadLetters();
            letters.edit(Rig.ACCOUNT, id, Map.of("title", "dog"), "cats are not sold", "ann");
            DeadLetter edited = letters.show(Rig.ACCOUNT, id).orElseThrow();
            assertThat(edited.payload()).isEqualTo(Map.of("title", "dog"));
            assertThat(edited.editedBy()).isEqualTo("ann");
            assertThat(rig.text("SELECT detail FROM audit WHERE action = 'dead.edit'"))
                    .isEqualTo("{\"after\":{\"title\":\"dog\"},\"before\":{\"title\":\"cat\"}}");

            String again = letters.replay(Rig.ACCOUNT, id, "ann", "edited");
            Rig.eventually().until(() -> rig.state(again), "DONE"::equals);
            assertThat(letters.list(Rig.ACCOUNT, null, null, null, 3).items()).isEmpty();
            assertThat(letters.show(Rig.ACCOUNT, id).orElseThrow().replayWorkId())
                    .isEqualTo(again);
            assertThatThrownBy(() -> letters.replay(Rig.ACCOUNT, id, "ann", "twice"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("replayed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledOneIsPutAwayWithItsReason(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            String id = bury(rig, engine, 1).get(0);
            assertThatThrownBy(() -> engine.deadLetters().cancel(Rig.ACCOUNT, id, "ann", " "))
                    .hasMessageContaining("reason");
            engine.deadLetters().cancel(Rig.ACCOUNT, id, "ann", "season is over");
            assertThat(engine.deadLetters().show(Rig.ACCOUNT, id).orElseThrow().state())
                    .isEqualTo("cancelled");
            assertThat(rig.text("SELECT reason FROM audit WHERE action = 'dead.cancel'"))
                    .isEqualTo("season is over");
        }
    }
}
