package io.caravan.hub.config.connections;

import java.util.Locale;

/** What an operator sees of a connection. */
public enum ConnectionState {
    CONNECTED,
    /** Its token ends within a day and cannot be renewed by the hub. */
    EXPIRING,
    /** Its token has ended and cannot be renewed by the hub. */
    EXPIRED,
    /** The vendor refused the credential: a person has to give a new one. */
    RECONNECT_NEEDED;

    /** As in JSON and in the database: {@code reconnect-needed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
