package io.caravan.hub.connectors.delivery.effect;

/** How far an effect is. */
public enum Phase {
    /** Nothing was sent, or the vendor provably did not act. */
    INTENT,
    /** A create may have left; found at the start of a run it means that an earlier owner died in between. */
    SENT,
    /** A create's outcome is not known; after the settle time it is looked up. */
    UNKNOWN,
    /** The vendor said that it made the object. */
    CREATED,
    /** Looked up after the settle time: exactly one object carries the reference. */
    VERIFIED,
    /** Done; answers from its row for ever. */
    CONFIRMED,
    /** The vendor said no to the content; another content may be tried under the same reference. */
    REFUSED,
    /** Taken back. */
    CANCELLED,
    /** May have happened and must not be repeated: a person decides. */
    STUCK
}
