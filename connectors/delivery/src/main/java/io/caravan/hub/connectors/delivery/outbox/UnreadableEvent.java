package io.caravan.hub.connectors.delivery.outbox;

/** What came from a broker is no event of ours; the message says why. Reading it again does not help. */
public final class UnreadableEvent extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableEvent(String why) {
        super(why);
    }
}
