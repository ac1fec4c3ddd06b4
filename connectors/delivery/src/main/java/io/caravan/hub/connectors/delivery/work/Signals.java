package io.caravan.hub.connectors.delivery.work;

import java.time.Duration;

/** Said after a commit on this node, so that fresh work starts at once; polling is the fallback. */
public interface Signals {

    /** A lane with a head of this type became claimable. */
    void work(String type);

    /** As {@link #work}, after a while. */
    void workIn(String type, Duration wait);

    /** An event waits in the outbox. */
    void outbox();
}
