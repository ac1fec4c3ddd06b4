package io.caravan.hub.connectors.delivery.nth;

import io.caravan.hub.connectors.delivery.rig.FakeVendor;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.ErrorKind;
import java.util.List;
import java.util.Map;

/** What becomes a dead letter, and what a person does about it. */
final class DeadScenes {

    private DeadScenes() {}

    static List<Scene> all() {
        return List.of(moved(), edited(), replayed(), asked(), asNew(), putAway());
    }

    private static Scene moved() {
        return new Scene(
                "dead letter",
                Scene.NOTHING,
                (node, key) -> node.insert(Node.work("bad", key)),
                (node, key) -> node.items("DEAD", key) == 1 && node.items("DONE", key) == 1,
                (node, key) -> {
                    Says.that(node.rig.count("SELECT COUNT(*) FROM dead WHERE aggregate = ?", key), 1, "dead letters");
                    Says.that(node.done("follow", key), 1, "rows of what follows a dead letter");
                    Says.that(node.done("bad", key), 0, "rows of the dead item");
                });
    }

    private static Scene edited() {
        return new Scene(
                "dead letter edited",
                DeadScenes::bury,
                (node, key) -> edit(node, key),
                (node, key) -> node.items("WAITING", key) == 0,
                (node, key) -> {
                    Says.that(
                            node.rig.count(
                                    "SELECT COUNT(*) FROM dead WHERE aggregate = ? AND edited_payload LIKE '%yes%'",
                                    key),
                            1,
                            "edited dead letters");
                    // one more for an edit that was saved and not answered, and therefore saved again
                    Says.between(audited(node, "dead.edit", key), 1, 2, "edits in the audit");
                });
    }

    private static Scene replayed() {
        return new Scene(
                "dead letter replayed",
                (node, key) -> {
                    bury(node, key);
                    edit(node, key);
                },
                (node, key) -> replay(node, key, false),
                (node, key) -> node.items("DONE", key) == 2,
                (node, key) -> {
                    Says.that(node.done("bad", key), 1, "rows of the replayed item");
                    Says.that(audited(node, "dead.replay", key), 1, "replays in the audit");
                });
    }

    /** By a request under a key, which is answered alike however often it has to be asked. */
    private static Scene asked() {
        return new Scene(
                "dead letter replayed by a request",
                (node, key) -> {
                    bury(node, key);
                    edit(node, key);
                },
                (node, key) -> node.ask("direct:replay", Map.of("dead", id(node, key)), key),
                (node, key) -> node.items("DONE", key) == 2,
                (node, key) -> {
                    Says.that(node.done("bad", key), 1, "rows of the replayed item");
                    Says.that(audited(node, "dead.replay", key), 1, "replays in the audit");
                    Says.that(node.rig.count("SELECT COUNT(*) FROM api_request WHERE idem_key = ?", key), 1, "answers");
                });
    }

    /** A mail that may have been sent and was not: looked up (this vendor cannot be asked), then made anew. */
    private static Scene asNew() {
        return new Scene(
                "dead letter looked up and replayed as new",
                (node, key) -> {
                    node.rig.vendor.fail("create", FakeVendor.before(ErrorKind.TRANSIENT, 500));
                    node.engine.work().insert(Node.work("mail", key));
                    Rig.eventually().until(() -> node.items("DEAD", key) == 1 && node.quiet());
                },
                (node, key) -> {
                    Node.again(() -> node.engine.deadLetters().lookUp(Rig.ACCOUNT, id(node, key), "ann"));
                    Rig.eventually()
                            .until(() -> node.rig.count(
                                            "SELECT COUNT(*) FROM dead WHERE aggregate = ? AND lookup_at IS NOT NULL",
                                            key)
                                    == 1);
                    replay(node, key, true);
                },
                (node, key) -> node.rig.count(
                                "SELECT COUNT(*) FROM work WHERE type = 'mail' AND lane_key = ? AND state IN ('DONE', 'DEAD')",
                                "acme|" + key)
                        == 2,
                (node, key) -> {
                    int dead = node.items("DEAD", key) - 1;
                    Says.that(node.done("mail", key), 1 - dead, "rows of the replayed item");
                    Says.between(node.rig.vendor.madeFor(key).size(), 1 - dead, 1, "mails");
                    Says.that(audited(node, "dead.replay_as_new", key), 1, "replays in the audit");
                });
    }

    private static Scene putAway() {
        return new Scene(
                "dead letter put away",
                DeadScenes::bury,
                (node, key) -> Node.again(() -> {
                    if (state(node, key).equals("OPEN")) {
                        node.engine.deadLetters().cancel(Rig.ACCOUNT, id(node, key), "ann", "season is over");
                    }
                }),
                (node, key) -> node.items("WAITING", key) == 0,
                (node, key) -> {
                    Says.that(state(node, key).equals("CANCELLED") ? 1 : 0, 1, "dead letters put away");
                    Says.that(audited(node, "dead.cancel", key), 1, "of them in the audit");
                });
    }

    private static void bury(Node node, String key) {
        node.engine.work().insert(Node.work("bad", key));
        Rig.eventually().until(() -> node.items("DEAD", key) == 1 && node.items("DONE", key) == 1 && node.quiet());
    }

    private static void edit(Node node, String key) {
        Map<String, Object> good = Map.of("key", key, "good", "yes");
        Node.again(() -> node.engine.deadLetters().edit(Rig.ACCOUNT, id(node, key), good, "it was not good", "ann"));
    }

    /** As a person does who got no answer: looks, and asks again when it is still open. */
    private static void replay(Node node, String key, boolean asNew) {
        Node.again(() -> {
            if (state(node, key).equals("OPEN")) {
                if (asNew) {
                    node.engine.deadLetters().replayAsNew(Rig.ACCOUNT, id(node, key), "ann", "it is good now");
                } else {
                    node.engine.deadLetters().replay(Rig.ACCOUNT, id(node, key), "ann", "it is good now");
                }
            }
        });
    }

    private static String id(Node node, String key) {
        return node.rig.text("SELECT work_id FROM dead WHERE aggregate = ? ORDER BY died_at", key);
    }

    private static String state(Node node, String key) {
        return node.rig.text("SELECT state FROM dead WHERE aggregate = ? ORDER BY died_at", key);
    }

    private static int audited(Node node, String action, String key) {
        return node.rig.count(
                "SELECT COUNT(*) FROM audit WHERE action = ? AND subject IN (SELECT work_id FROM dead WHERE aggregate = ?)",
                action,
                key);
    }
}
