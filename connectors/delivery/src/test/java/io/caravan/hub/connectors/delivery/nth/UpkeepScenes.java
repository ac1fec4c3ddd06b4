package io.caravan.hub.connectors.delivery.nth;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.rig.FakeVendor;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.model.ErrorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the engine does beside the work, and what a restore begins and ends; the last of the flows. */
final class UpkeepScenes {

    private UpkeepScenes() {}

    static List<Scene> all() {
        return List.of(reaper(), superseded(), swept(), quarantine());
    }

    /** A draft that appeared after everybody had looked. */
    private static Scene reaper() {
        return new Scene(
                "reaper",
                (node, key) -> {
                    node.rig.vendor.fail("create", FakeVendor.after(ErrorKind.TRANSIENT, 500));
                    node.engine.work().insert(Node.work("thing", key));
                    Rig.eventually().until(() -> node.items("DONE", key) == 1 && node.quiet());
                    node.rig.vendor.late(node.rig.text("SELECT ref FROM effect WHERE business_key = ?", key), key);
                    node.rig.db.run(
                            "the time has come",
                            connection -> Sql.update(
                                    connection,
                                    "UPDATE effect SET strays_at = CURRENT_TIMESTAMP WHERE business_key = ?",
                                    key));
                },
                (node, key) -> Node.again(node.sweeper::strays),
                (node, key) -> node.items("WAITING", key) == 0 && node.items("DONE", key) == 2,
                (node, key) -> {
                    Says.that(
                            (int) node.rig.vendor.madeFor(key).stream()
                                    .filter(thing -> thing.state.equals("cancelled"))
                                    .count(),
                            1,
                            "drafts taken back");
                    Says.that(
                            (int) node.rig.vendor.madeFor(key).stream()
                                    .filter(thing -> thing.state.equals("live"))
                                    .count(),
                            1,
                            "live objects");
                });
    }

    private static Scene superseded() {
        return new Scene(
                "superseded",
                (node, key) -> {
                    node.engine.work().insert(Node.work("bad", key));
                    node.engine.work().insert(NewWork.of(Rig.ACCOUNT, "bad", key, Map.of("good", "yes")));
                    Rig.eventually().until(() -> node.items("WAITING", key) == 0 && node.quiet());
                },
                (node, key) -> Node.again(node.sweeper::supersede),
                (node, key) -> true,
                (node, key) -> assertThat(node.rig.text("SELECT state FROM dead WHERE aggregate = ?", key))
                        .isEqualTo("SUPERSEDED"));
    }

    /** What is over and old, once; what is younger stays. */
    private static Scene swept() {
        return new Scene(
                "retention",
                (node, key) -> {
                    node.engine.work().insert(Node.work("next", key));
                    node.engine.work().insert(Node.work("next", key + "-young"));
                    Rig.eventually()
                            .until(() -> node.items("DONE", key) == 1
                                    && node.items("DONE", key + "-young") == 1
                                    && node.quiet());
                    node.rig.db.run(
                            "long ago",
                            connection -> Sql.update(
                                    connection,
                                    "UPDATE work SET finished_at = CURRENT_TIMESTAMP - INTERVAL '2' HOUR WHERE lane_key = ?",
                                    "acme|" + key));
                },
                (node, key) -> Node.again(node.sweeper::sweep),
                (node, key) -> true,
                (node, key) -> {
                    Says.that(node.items("DONE", key), 0, "old rows");
                    Says.that(node.items("DONE", key + "-young"), 1, "young rows");
                });
    }

    private static Scene quarantine() {
        return new Scene(
                "quarantine of a restore",
                Scene.NOTHING,
                (node, key) -> {
                    Node.again(
                            () -> node.engine.quarantine().begin(Instant.now().minusSeconds(60), Duration.ofDays(1)));
                    assertThat(Node.again(() -> node.engine.quarantine().current()))
                            .isPresent();
                    node.insert(Node.work("thing", key));
                    Rig.eventually().until(() -> node.items("DONE", key) == 1);
                    Node.again(node.engine.quarantine()::end);
                },
                (node, key) -> true,
                (node, key) -> {
                    Says.that(node.done("thing", key), 1, "rows of what was acknowledged");
                    Says.that(node.rig.vendor.madeFor(key).size(), 1, "objects");
                    assertThat(Node.again(() -> node.engine.quarantine().current()))
                            .isEmpty();
                });
    }
}
