package io.caravan.hub.connectors.delivery.db;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.util.TimeUtils;

/** Times as people write them in YAML: {@code 20s}, {@code 30m}, {@code 1d}. */
public final class Durations {

    private Durations() {}

    public static SimpleModule module() {
        return new SimpleModule("durations").addDeserializer(Duration.class, new FromText());
    }

    private static final class FromText extends StdDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        FromText() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Duration.ofMillis(TimeUtils.toMilliSeconds(parser.getText()));
        }
    }
}
