package io.caravan.hub.connectors.delivery.work;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Who runs the items of one type on this node. */
public interface WorkHandler {

    String type();

    /** Most items in flight at once on this node. */
    int concurrency();

    /** How long after its first failure or wait an item is given up. */
    Duration giveUp();

    /** Failures after which an item is given up. */
    int maxAttempts();

    /** Work type inserted when an item dies, with its payload and {@code cause}; null for none. */
    @Nullable
    String onDead();

    /** Runs the item on this thread, with its unit bound; returns when it is done, throws when it is not. */
    void handle(WorkItem item) throws Exception;
}
