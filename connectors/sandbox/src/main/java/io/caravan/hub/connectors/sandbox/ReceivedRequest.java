package io.caravan.hub.connectors.sandbox;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * What the vendor received.
 *
 * @param body as text, at most 20,000 characters; bytes that are no text show as replacement characters
 * @param status what was answered, 0 when nothing was
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ReceivedRequest(
        String at,
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String body,
        int status) {}
