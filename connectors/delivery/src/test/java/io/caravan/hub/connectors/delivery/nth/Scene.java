package io.caravan.hub.connectors.delivery.nth;

import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * One flow of the engine, run for a key of its own each time.
 *
 * @param before what has to be there; nothing fails yet
 * @param deed what a caller does, again until it is answered
 * @param over whether the engine has come to its end by itself
 * @param oracle what must hold then, whatever failed
 */
record Scene(
        String name,
        BiConsumer<Node, String> before,
        BiConsumer<Node, String> deed,
        BiPredicate<Node, String> over,
        BiConsumer<Node, String> oracle) {

    static final BiConsumer<Node, String> NOTHING = (node, key) -> {};

    /** An item of this type is inserted and done once. */
    static Scene once(String type) {
        return item(type, type, (node, key) -> {});
    }

    /** An item of this type, whose route writes its row once; {@code further} is asked beside that. */
    static Scene item(String name, String type, BiConsumer<Node, String> further) {
        return item(name, type, NOTHING, further);
    }

    static Scene item(String name, String type, BiConsumer<Node, String> before, BiConsumer<Node, String> further) {
        return new Scene(
                name,
                before,
                (node, key) -> node.insert(Node.work(type, key)),
                (node, key) -> node.items("DONE", key) >= 1 && node.items("WAITING", key) == 0,
                (node, key) -> {
                    Says.that(node.done(type, key), 1, "rows of what was acknowledged");
                    further.accept(node, key);
                });
    }
}
