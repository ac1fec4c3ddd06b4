package io.caravan.hub.model;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies behind a failure: libraries wrap what happened, several times over. */
public final class Causes {

    /** No library wraps so often; a chain of causes may end in itself. */
    private static final int DEEPEST = 100;

    private Causes() {}

    /** The failure itself, then its cause, then that one's; empty for null, at most 100. */
    public static Stream<Throwable> of(@Nullable Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
    }

    /** The first of this type, from the outside in; null when there is none. */
    public static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
        return of(failure).filter(type::isInstance).map(type::cast).findFirst().orElse(null);
    }
}
