package io.caravan.hub.connectors.delivery.nth;

import io.caravan.hub.connectors.delivery.rig.FakeVendor;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The flows that do something at a vendor, or nothing but work. */
final class Scenes {

    private Scenes() {}

    static List<Scene> all() {
        List<Scene> all = new ArrayList<>(AskedScenes.all());
        all.addAll(work());
        all.addAll(effects());
        all.addAll(DeadScenes.all());
        all.addAll(UpkeepScenes.all());
        return all;
    }

    private static List<Scene> work() {
        return List.of(
                new Scene(
                        "finish with outbox and next work",
                        Scene.NOTHING,
                        (node, key) -> node.insert(Node.work("plain", key)),
                        (node, key) -> node.items("DONE", key) == 3,
                        (node, key) -> {
                            Says.that(node.done("plain", key), 1, "rows of the item");
                            Says.that(node.done("next", key), 1, "rows of the next work");
                            Says.that(node.done("sub", key), 1, "rows of the subscriber");
                        }),
                new Scene(
                        "bulk rows",
                        Scene.NOTHING,
                        (node, key) -> node.insert(Node.work("bulk", key)),
                        (node, key) -> node.items("DONE", key) == 1
                                && node.rig.count(
                                                "SELECT COUNT(*) FROM work WHERE type = 'child' AND lane_key LIKE ?"
                                                        + " AND state <> 'DONE'",
                                                "acme|" + key + ".%")
                                        == 0,
                        (node, key) -> {
                            Says.that(node.done("bulk", key), 1, "rows of the item");
                            Says.that(
                                    node.rig.count(
                                            "SELECT COUNT(*) FROM audit WHERE action = 'child' AND subject LIKE ?",
                                            key + ".%"),
                                    Routes.ROWS,
                                    "rows of its children");
                        }),
                Scene.once("long"));
    }

    private static List<Scene> effects() {
        return List.of(
                Scene.item("effect, reversible", "thing", Scenes::oneLive),
                Scene.item(
                        "effect, reversible, in doubt",
                        "thing",
                        (node, key) -> node.rig.vendor.fail("create", FakeVendor.after(ErrorKind.TRANSIENT, 500)),
                        Scenes::oneLive),
                Scene.item(
                        "effect, reversible, made twice",
                        "thing",
                        (node, key) -> node.rig.vendor.fail("create", FakeVendor.twiceAndFail()),
                        Scenes::oneLive),
                Scene.item("effect, taken back", "taken-back", Scenes::noneLive),
                Scene.item("effect, idempotent", "slot", Scenes::oneMade),
                Scene.item(
                        "effect, idempotent, in doubt",
                        "slot",
                        (node, key) -> node.rig.vendor.fail("create", FakeVendor.after(ErrorKind.TRANSIENT, 500)),
                        Scenes::oneMade),
                Scene.item("effect, repeatable", "paint", Scenes::paidFor),
                once("effect, once", Scene.NOTHING),
                once(
                        "effect, once, in doubt",
                        (node, key) -> node.rig.vendor.fail("create", FakeVendor.after(ErrorKind.TRANSIENT, 500))),
                Scene.item(
                        "suspended by a gate",
                        "thing",
                        (node, key) -> node.rig.vendor.fail("create", FakeVendor.limited(Duration.ofMillis(60))),
                        Scenes::oneLive),
                quota(),
                parked());
    }

    /** Done once, or left to a person and not done twice. */
    private static Scene once(String name, BiConsumer<Node, String> before) {
        return new Scene(
                name,
                before,
                (node, key) -> node.insert(Node.work("mail", key)),
                (node, key) -> node.items("DONE", key) + node.items("DEAD", key) == 1,
                (node, key) -> {
                    int dead = node.rig.count(
                            "SELECT COUNT(*) FROM dead WHERE aggregate = ? AND cause = 'unknown_outcome'", key);
                    Says.that(node.done("mail", key), 1 - dead, "rows of what was acknowledged");
                    Says.between(node.rig.vendor.madeFor(key).size(), 1 - dead, 1, "mails");
                });
    }

    private static Scene quota() {
        return new Scene(
                "suspended by a quota",
                Scene.NOTHING,
                (node, key) -> {
                    node.insert(Node.work("slot", key + "-a"));
                    node.insert(Node.work("slot", key + "-b"));
                },
                (node, key) -> node.items("DONE", key + "-a") == 1 && node.items("DONE", key + "-b") == 1,
                (node, key) -> {
                    oneMade(node, key + "-a");
                    oneMade(node, key + "-b");
                });
    }

    private static Scene parked() {
        return new Scene(
                "parked and resumed",
                (node, key) -> node.rig.connections.connected = false,
                (node, key) -> {
                    node.insert(Node.work("thing", key));
                    Rig.eventually().until(() -> node.items("PARKED", key) == 1);
                    node.rig.connections.connected = true;
                    Node.again(() -> node.engine.parking().resume(Rig.ACCOUNT, "fake"));
                },
                (node, key) -> node.items("DONE", key) == 1,
                Scenes::oneLive);
    }

    private static void oneLive(Node node, String key) {
        Says.that(states(node, key, "live"), 1, "live objects");
        Says.that(states(node, key, "draft"), 0, "drafts left behind");
    }

    private static void noneLive(Node node, String key) {
        Says.that(states(node, key, "live"), 0, "live objects");
        Says.that(states(node, key, "draft"), 0, "drafts left behind");
    }

    private static void oneMade(Node node, String key) {
        Says.that(node.rig.vendor.madeFor(key).size(), 1, "objects");
    }

    /** Asked for again when nobody knew, and nothing of the money stays set aside. */
    private static void paidFor(Node node, String key) {
        Says.between(node.rig.vendor.madeFor(key).size(), 1, 2, "pictures");
        Says.that(
                node.rig.count(
                        "SELECT COUNT(*) FROM quota_hold h JOIN effect e ON e.id = h.effect_id"
                                + " WHERE e.business_key = ? AND h.state = 'HELD'",
                        key),
                0,
                "sums still held");
    }

    private static int states(Node node, String key, String state) {
        return (int) node.rig.vendor.madeFor(key).stream()
                .filter(thing -> thing.state.equals(state))
                .count();
    }
}
