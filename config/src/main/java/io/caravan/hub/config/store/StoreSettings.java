package io.caravan.hub.config.store;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** How long things are kept and how long they may take, under {@code hub.store.*}. */
@Validated
@ConfigurationProperties("hub.store")
public record StoreSettings(
        @Valid @DefaultValue Trends trends,
        @Valid @DefaultValue Ideas ideas,
        @Valid @DefaultValue Listings listings) {

    /**
     * @param sources what a refresh without a list polls. Defaults to google-trends, tiktok and reddit
     * @param deadline a cycle whose sources have not all answered by then is closed without them. Defaults to 1 hour
     * @param keepSignals signals and runs older than this are deleted; trends stay. Defaults to 30 days
     */
    public record Trends(
            @NotEmpty @DefaultValue({"google-trends", "tiktok", "reddit"})
            List<String> sources,

            @NotNull @DefaultValue("30d") Duration keepSignals,
            @NotNull @DefaultValue("1h") Duration deadline) {

        public Trends {
            sources = List.copyOf(sources);
        }
    }

    /** @param againAfter a trend that got an idea gets no other by itself within this time. Defaults to 30 days */
    public record Ideas(@NotNull @DefaultValue("30d") Duration againAfter) {}

    /** @param deadline how long a listing may be in between before a watchdog looks. Defaults to 15 minutes */
    public record Listings(@NotNull @DefaultValue("15m") Duration deadline) {}

    List<String> sources() {
        return trends.sources();
    }
}
