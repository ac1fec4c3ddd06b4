package io.caravan.hub.connectors.egress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.hub.model.Numbers;
import java.io.CharConversionException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a vendor answered, as Maps, Lists, texts and numbers: one document, no field twice, no more of it than can be used. */
public final class VendorJson {

    /** No vendor's answer is so deep; what comes behind may walk through it level by level. */
    private static final int DEEPEST = 100;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private VendorJson() {}

    /** @return null when it is no such JSON, or nothing at all */
    public static @Nullable Object parsed(byte[] answer) {
        if (answer.length == 0) {
            return null;
        }
        try {
            Object json = JSON.readValue(answer, Object.class);
            return Numbers.bounded(json) ? json : null;
        } catch (JsonProcessingException | CharConversionException | NumberFormatException e) {
            // the last: Jackson's, for an exponent of eleven digits
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }
}
