package io.caravan.hub.connectors.sandbox.proxy;

/** Which way the bytes go that a toxic meets. */
public enum Direction {
    /** What the client says. */
    TO_TARGET,
    /** What the client is answered. */
    TO_CLIENT
}
