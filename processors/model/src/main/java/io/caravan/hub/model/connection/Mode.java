package io.caravan.hub.model.connection;

/** Whether a connection speaks to the vendor's sandbox or to the vendor. */
public enum Mode {
    SANDBOX,
    LIVE
}
