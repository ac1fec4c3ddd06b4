package io.caravan.hub.model;

/** The tenant: a seller or agency. It comes from the credential alone, never from a body, path or header. */
public record AccountId(String value) {

    public AccountId {
        Checks.id("account", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
