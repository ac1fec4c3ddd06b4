package io.caravan.hub.connectors.delivery.effect;

/** What a vendor's operation lets us do when we do not know how a call ended. */
public enum Shape {
    /** Made in a form that costs nothing and shows nobody, looked up, verified, then confirmed by the vendor's id. */
    REVERSIBLE,
    /** One call that may be repeated; with a look-up Kamelet it is looked up first when in doubt. */
    IDEMPOTENT,
    /** No look-up; repeating only costs money. */
    REPEATABLE,
    /** At most once: an unknown outcome becomes a dead letter for a person. */
    ONCE
}
