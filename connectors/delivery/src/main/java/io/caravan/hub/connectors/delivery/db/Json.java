package io.caravan.hub.connectors.delivery.db;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.delivery.VendorObject;
import java.io.IOException;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as the hub writes it: snake_case, ISO 8601 times, accounts and currencies as text, keys of maps as they are. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(own())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .build();
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    private Json() {}

    /**
     * @throws IllegalArgumentException when the value cannot be said in JSON
     */
    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The same as UTF-8, without a text in between. */
    public static byte[] bytes(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** A body as the payload of a work item: a map, a record, or the text of a JSON object. */
    public static String object(@Nullable Object body) {
        String text = body instanceof String string ? string : body instanceof byte[] bytes ? utf8(bytes) : write(body);
        if (!text.stripLeading().startsWith("{")) {
            throw new IllegalArgumentException("a work item's body must be a JSON object");
        }
        return body instanceof String || body instanceof byte[] ? write(map(text)) : text;
    }

    /**
     * @throws IllegalArgumentException when the text is no JSON object
     */
    public static Map<String, Object> map(String text) {
        try {
            Map<String, Object> map = MAPPER.readValue(text, MAP);
            if (map == null) {
                throw new IllegalArgumentException("not a JSON object: null");
            }
            return map;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    /** Any JSON value as maps, lists, text, numbers, booleans or null. */
    public static @Nullable Object value(String text) {
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    public static VendorObject vendorObject(String text) {
        Map<String, Object> map = map(text);
        Object facts = map.get("facts");
        return new VendorObject(
                String.valueOf(map.getOrDefault("id", "")),
                String.valueOf(map.getOrDefault("state", "")),
                facts instanceof Map<?, ?> known ? present((Map<String, Object>) known) : Map.of());
    }

    private static Map<String, Object> present(Map<String, Object> facts) {
        Map<String, Object> present = new LinkedHashMap<>(facts);
        present.values().removeIf(Objects::isNull);
        return present;
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static SimpleModule own() {
        SimpleModule module = new SimpleModule("caravan");
        module.addSerializer(AccountId.class, ToStringSerializer.instance);
        module.addSerializer(Currency.class, ToStringSerializer.instance);
        module.addSerializer(Optional.class, new OptionalSerializer());
        return module;
    }

    /** Spares a further Jackson module for the one JDK 8 type that records may return. */
    @SuppressWarnings("rawtypes")
    private static final class OptionalSerializer extends JsonSerializer<Optional> {
        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (value.isPresent()) {
                provider.defaultSerializeValue(value.get(), out);
            } else {
                out.writeNull();
            }
        }
    }
}
