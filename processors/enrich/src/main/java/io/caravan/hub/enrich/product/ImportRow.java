package io.caravan.hub.enrich.product;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One product to import.
 *
 * @param sourceUrl http or https, at most 2,000 characters; whose product it is, the suppliers' patterns say
 * @param markupPercent null when the shop's own rules hold
 * @param tags each once, none blank
 * @param shop null when the account's preferred one is meant
 */
public record ImportRow(
        String sourceUrl,
        @Nullable BigDecimal markupPercent,
        List<String> tags,
        @Nullable String shop) {

    public ImportRow {
        tags = List.copyOf(tags);
    }

    /** Into the preferred shop. */
    public ImportRow(String sourceUrl, @Nullable BigDecimal markupPercent, List<String> tags) {
        this(sourceUrl, markupPercent, tags, null);
    }
}
