package io.caravan.hub.config.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an API key may do; each role may do all that those before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Runs: refresh, review, replay, publish. */
    OPERATOR,
    /** Changes flows and rules. */
    DESIGNER,
    /** Keys and connections. */
    ADMIN;

    /** As it is written in JSON and in the database: {@code viewer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the roles that there are */
    public static Role of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("role must be one of "
                        + Arrays.stream(values()).map(Role::word).toList()));
    }

    /** This role and those below it, as Spring Security's authorities. */
    List<String> authorities() {
        return Arrays.stream(values())
                .filter(role -> role.ordinal() <= ordinal())
                .map(role -> "ROLE_" + role.name())
                .toList();
    }
}
