package io.caravan.hub.connectors.delivery.effect;

/** Where an {@code effect:} step stops. */
public enum Until {
    /** Exactly one reversible object exists. */
    VERIFIED,
    /** Done. */
    CONFIRMED,
    /** Nothing that carries the reference is left. */
    CANCELLED
}
