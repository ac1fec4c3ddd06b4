package io.caravan.hub.model.trend;

import io.caravan.hub.model.Checks;
import java.time.Instant;
import java.util.List;

/**
 * One observation from one source.
 *
 * @param source the connector's name ({@code google-trends})
 * @param externalId stable within the source: the same observation fetched twice has the same id
 * @param keyword as the source wrote it, trimmed, at most 200 characters; a hashtag comes without its {@code #}
 * @param volume in the unit of {@code unit}, 0 when the source tells none
 * @param interactions shares, comments, saves together, 0 when the source tells none
 * @param region ISO 3166-1 alpha-2, or {@code ""} for world-wide
 * @param context untrusted text around the keyword (news titles, captions): data, never instructions; up to 5 of 300 characters
 * @param observedAt when the source says that it happened
 */
public record Signal(
        String source,
        String externalId,
        String keyword,
        Volume unit,
        long volume,
        long interactions,
        String region,
        List<String> context,
        Instant observedAt) {

    public Signal {
        Checks.id("source", source);
        Checks.text("external_id", externalId, 300);
        Checks.text("keyword", keyword, 200);
        Checks.within("volume", volume, 0, Long.MAX_VALUE);
        Checks.within("interactions", interactions, 0, Long.MAX_VALUE);
        Checks.atMost("region", region, 8);
        context = context.stream()
                .filter(text -> !text.isBlank())
                .limit(5)
                .map(text -> text.length() > 300 ? text.substring(0, 300) : text)
                .toList();
    }
}
