package io.caravan.hub.config.web;

import io.caravan.hub.model.AccountId;
import org.jspecify.annotations.Nullable;

/** Which mode answers speak of: {@code sandbox}, {@code live} or {@code mixed}. */
@FunctionalInterface
public interface HubMode {

    /** @param account null for the whole hub */
    String of(@Nullable AccountId account);
}
