package io.caravan.hub.connectors.delivery.nth;

import io.caravan.hub.connectors.delivery.accept.Problem;
import io.caravan.hub.connectors.delivery.inbox.InboxEvent;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.connectors.delivery.work.NewWork;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/** The flows that begin with somebody who waits for an answer. */
final class AskedScenes {

    /** What a request without a key was told: stored, not stored, or not known. */
    private static final Map<String, String> TOLD = new ConcurrentHashMap<>();

    private AskedScenes() {}

    static List<Scene> all() {
        return List.of(accepted(), again(), withoutKey(), event(), slot(), published(), cancelled());
    }

    private static Scene accepted() {
        return new Scene(
                "accept", Scene.NOTHING, (node, key) -> node.ask(key), AskedScenes::worked, AskedScenes::acceptedOnce);
    }

    private static Scene again() {
        return new Scene(
                "accept of the same key again",
                (node, key) -> {
                    node.ask(key);
                    Rig.eventually().until(() -> worked(node, key));
                },
                (node, key) -> node.ask(key),
                AskedScenes::worked,
                AskedScenes::acceptedOnce);
    }

    /** Asked once: what is said about what was stored is true. */
    private static Scene withoutKey() {
        return new Scene(
                "accept without a key",
                Scene.NOTHING,
                (node, key) -> {
                    Exchange answer = node.askOnce("direct:ask", Map.of("key", key), null);
                    Problem problem = answer.getException(Problem.class);
                    TOLD.put(key, problem == null ? "stored" : String.valueOf(problem.getMessage()));
                },
                (node, key) -> node.items("WAITING", key) == 0,
                (node, key) -> {
                    String told = String.valueOf(TOLD.remove(key));
                    boolean unknown = told.contains("not known");
                    int least = told.equals("stored") ? 1 : 0;
                    int most = told.equals("stored") || unknown ? 1 : 0;
                    Says.between(node.done("accepted", key), least, most, "requests of which was said: " + told);
                    Says.that(node.done("asked", key), node.done("accepted", key), "work of what was accepted");
                });
    }

    private static boolean worked(Node node, String key) {
        return node.items("DONE", key) >= 1 && node.items("WAITING", key) == 0;
    }

    private static void acceptedOnce(Node node, String key) {
        Says.that(node.done("accepted", key), 1, "rows of the request");
        Says.that(node.done("asked", key), 1, "rows of its work");
        Says.that(node.rig.count("SELECT COUNT(*) FROM api_request WHERE idem_key = ?", key), 1, "answers");
        Says.that(
                node.rig.count(
                        "SELECT COUNT(*) FROM job WHERE id IN (SELECT job_id FROM work WHERE lane_key = ?)",
                        "acme|" + key),
                1,
                "jobs");
    }

    /** The sender comes again until it gets its 2xx. */
    private static Scene event() {
        return new Scene(
                "webhook inbox",
                Scene.NOTHING,
                (node, key) -> Node.again(() -> node.engine
                        .inbox()
                        .receive(new InboxEvent(
                                "shop",
                                Rig.ACCOUNT,
                                key,
                                "{}".getBytes(StandardCharsets.UTF_8),
                                true,
                                Node.work("event", key),
                                null))),
                AskedScenes::worked,
                (node, key) -> {
                    Says.that(node.done("event", key), 1, "rows of the event");
                    Says.that(node.rig.count("SELECT COUNT(*) FROM inbox WHERE event_id = ?", key), 1, "events");
                });
    }

    /** Two nodes fire at the same time, and each of them until it knows. */
    private static Scene slot() {
        return new Scene(
                "schedule slot",
                Scene.NOTHING,
                (node, key) -> {
                    for (int fire = 0; fire < 2; fire++) {
                        NewWork todo = Node.work("ticked", key);
                        Node.again(() -> node.engine
                                .slots()
                                .take(
                                        Rig.ACCOUNT,
                                        key,
                                        Instant.EPOCH,
                                        connection -> node.engine.work().insert(connection, todo)));
                        node.engine.work().announce(todo);
                    }
                },
                AskedScenes::worked,
                (node, key) -> Says.that(node.done("ticked", key), 1, "rows of the slot"));
    }

    /** Outside of a unit nothing tells two events with the same content apart: told once, or asked whether to tell. */
    private static Scene published() {
        return new Scene(
                "outbox drain",
                Scene.NOTHING,
                (node, key) -> Node.again(() -> {
                    if (node.rig.count("SELECT COUNT(*) FROM outbox WHERE msg_key = ?", key) == 0) {
                        node.engine
                                .outbox()
                                .publish(Rig.ACCOUNT, "things", key, "{\"key\":\"" + key + "\"}", null, null);
                    }
                }),
                AskedScenes::worked,
                (node, key) -> Says.that(node.done("sub", key), 1, "rows of the subscriber"));
    }

    private static Scene cancelled() {
        return new Scene(
                "job cancelled",
                (node, key) -> {
                    String job = node.engine.jobs().open(Rig.ACCOUNT, "refresh", key);
                    node.engine.work().insert(Node.work("nobody", key).withJob(job));
                    node.engine.work().insert(Node.work("next", key));
                },
                (node, key) -> {
                    String job = node.rig.text(
                            "SELECT job_id FROM work WHERE type = 'nobody' AND lane_key = ?", "acme|" + key);
                    Node.again(() -> node.engine.jobs().cancel(Rig.ACCOUNT, job, "ann", "no longer"));
                },
                AskedScenes::worked,
                (node, key) -> {
                    Says.that(node.items("CANCELLED", key), 1, "items of the job");
                    Says.that(node.done("next", key), 1, "rows of the item behind it");
                });
    }
}
