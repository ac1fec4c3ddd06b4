package io.caravan.hub.config.security;

import io.caravan.hub.model.AccountId;

/** Who asks: everything here comes from the credential alone. */
public record Caller(String keyId, AccountId account, Role role) {}
