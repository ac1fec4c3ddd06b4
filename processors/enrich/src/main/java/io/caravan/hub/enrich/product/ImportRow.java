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
 */
public record ImportRow(String sourceUrl, @Nullable BigDecimal markupPercent, List<String> tags) {

    public ImportRow {
        tags = List.copyOf(tags);
    }
}
