package io.caravan.hub.config.events;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Bean {@code kafkaHeaders}, an allow-list: out goes what kind of text a record is, in comes nothing. Camel's own filter
 * names what it keeps out, and lets a stranger's {@code kafka.OVERRIDE_TOPIC} through (CVE-2026-49098).
 */
public final class RecordHeaders implements HeaderFilterStrategy {

    static final String CONTENT_TYPE = "content-type";

    @Override
    public boolean applyFilterToCamelHeaders(String name, @Nullable Object value, Exchange exchange) {
        return !name.equals(CONTENT_TYPE);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, @Nullable Object value, Exchange exchange) {
        return true;
    }
}
