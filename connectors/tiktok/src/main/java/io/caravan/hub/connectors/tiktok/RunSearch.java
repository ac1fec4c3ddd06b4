package io.caravan.hub.connectors.tiktok;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the run that a start without an answer may have made. The API takes no mark of ours, so that time decides, by the
 * vendor's own clock: the {@code Date} of the list tells when our start was sent.
 */
final class RunSearch {

    /** How far our clock may be from the vendor's when the list carries no {@code Date}. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private RunSearch() {}

    /**
     * @param runs rows of the list
     * @param ago since our start was sent
     * @param date header of the list, to the second and rounded down
     * @return the oldest run that an API client started since then
     */
    static Optional<Map<?, ?>> since(List<?> runs, Duration ago, @Nullable String date) {
        Instant earliest = time(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                .orElseGet(() -> Instant.now().minus(CLOCKS_APART))
                .minus(ago);
        return runs.stream()
                .filter(Map.class::isInstance)
                .<Map<?, ?>>map(run -> (Map<?, ?>) run)
                .filter(run -> run.get("id") instanceof String && !started(run).isBefore(earliest))
                .filter(run -> !(run.get("meta") instanceof Map<?, ?> meta)
                        || meta.get("origin") == null
                        || "API".equals(meta.get("origin")))
                .min(Comparator.comparing(RunSearch::started));
    }

    private static Instant started(Map<?, ?> run) {
        return time(run.get("startedAt"), DateTimeFormatter.ISO_DATE_TIME).orElse(Instant.MIN);
    }

    private static Optional<Instant> time(@Nullable Object text, DateTimeFormatter format) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(text.toString(), format).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
