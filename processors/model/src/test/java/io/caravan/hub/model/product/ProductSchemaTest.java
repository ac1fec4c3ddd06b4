package io.caravan.hub.model.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.caravan.hub.model.Money;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the records say the same: each bound is tried on both, at the bound and one beyond. */
class ProductSchemaTest {

    /** As the hub writes its columns, topics and answers. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final JsonNode DOCUMENT = document();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(DOCUMENT);

    private static JsonNode document() {
        try (InputStream in = ProductSchemaTest.class.getResourceAsStream("/schemas/product.schema.json")) {
            return JSON.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldValidateWhatTheHubWrites() {
        assertThat(SCHEMA.validate(json(full()))).isEmpty();
        assertThat(SCHEMA.validate(json(least()))).isEmpty();
    }

    @Test
    void shouldReadBackWhatItWrote() throws JsonProcessingException {
        for (Product product : List.of(full(), least())) {
            assertThat(JSON.treeToValue(json(product), Product.class)).isEqualTo(product);
        }
    }

    @Test
    void shouldDescribeExactlyTheFieldsThatAreWritten() {
        ObjectNode product = json(full());
        assertFields(DOCUMENT, product);
        assertFields(DOCUMENT.at("/$defs/variant"), product.at("/variants/0"));
        assertFields(DOCUMENT.at("/$defs/option"), product.at("/options/0"));
        assertFields(DOCUMENT.at("/$defs/image"), product.at("/images/0"));
        assertFields(DOCUMENT.at("/$defs/money"), product.at("/variants/0/cost"));
    }

    private static void assertFields(JsonNode schema, JsonNode written) {
        List<String> fields = new ArrayList<>();
        written.fieldNames().forEachRemaining(fields::add);
        List<String> described = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(described::add);
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        assertThat(described).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(required).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        schema.path("properties")
                .properties()
                .forEach(
                        field -> assertThat(field.getValue().path("description").asText())
                                .as("description of " + field.getKey())
                                .isNotBlank());
    }

    /** Every bound of the schema: where in the document, the bound, what lies at it, what lies beyond it. */
    static Stream<Arguments> bounds() {
        List<Arguments> bounds = new ArrayList<>();
        collect(DOCUMENT, "", bounds);
        return bounds.stream();
    }

    private static void collect(JsonNode schema, String at, List<Arguments> bounds) {
        JsonNode target =
                schema.has("$ref") ? DOCUMENT.at(schema.path("$ref").asText().substring(1)) : schema;
        for (JsonNode part : schema.has("$ref") ? List.of(target, schema) : List.of(schema)) {
            String text = part.path("pattern").asText().equals("\\S") ? "a" : "A";
            add(bounds, at, part, "maxLength", n -> JSON.valueToTree(text.repeat(n)), 1);
            add(bounds, at, part, "minLength", n -> JSON.valueToTree(text.repeat(n)), -1);
            add(bounds, at, part, "maxItems", n -> repeated(at, n), 1);
            add(bounds, at, part, "minItems", n -> repeated(at, n), -1);
            if (!at.matches(".*/(stock|weight_grams|cost/minor)")) {
                add(bounds, at, part, "maximum", n -> JSON.valueToTree(n), 1);
                add(bounds, at, part, "minimum", n -> JSON.valueToTree(n), -1);
            }
            if (part.path("pattern").asText().startsWith("^[A-Za-z0-9_-]")) {
                bounds.add(Arguments.of(
                        at, "pattern", JSON.valueToTree("a".repeat(64)), JSON.valueToTree("a".repeat(65))));
                bounds.add(Arguments.of(at, "pattern", JSON.valueToTree("_"), JSON.valueToTree("a/b")));
            }
            if (part.path("pattern").asText().equals("\\S")) {
                bounds.add(Arguments.of(at, "pattern", JSON.valueToTree("."), JSON.valueToTree("  ")));
            }
            part.path("properties")
                    .properties()
                    .forEach(field -> collect(field.getValue(), at + "/" + field.getKey(), bounds));
            if (part.has("items")) {
                collect(part.path("items"), at + "/0", bounds);
            }
        }
        if (at.isEmpty()) {
            assertThat(bounds).as("bounds found").hasSizeGreaterThan(25);
        }
    }

    private static void add(
            List<Arguments> bounds,
            String at,
            JsonNode schema,
            String keyword,
            java.util.function.IntFunction<JsonNode> value,
            int beyond) {
        JsonNode bound = schema.path(keyword);
        if (bound.canConvertToInt()) {
            bounds.add(Arguments.of(at, keyword, value.apply(bound.asInt()), value.apply(bound.asInt() + beyond)));
        }
    }

    private static JsonNode repeated(String at, int count) {
        ArrayNode array = JSON.createArrayNode();
        for (int i = 0; i < count; i++) {
            array.add(json(full()).at(at + "/0").deepCopy());
        }
        return array;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("bounds")
    void shouldHoldTheSameBoundsInSchemaAndRecord(String at, String keyword, JsonNode inside, JsonNode beyond) {
        ObjectNode good = with(at, inside);
        assertThat(SCHEMA.validate(good)).isEmpty();
        assertThat(accepts(good)).as("the record takes what the schema takes").isTrue();

        ObjectNode bad = with(at, beyond);
        assertThat(SCHEMA.validate(bad)).isNotEmpty();
        assertThat(accepts(bad))
                .as("the record refuses what the schema refuses")
                .isFalse();
    }

    private static ObjectNode with(String at, JsonNode value) {
        ObjectNode product = json(full());
        String parent = at.substring(0, at.lastIndexOf('/'));
        String last = at.substring(at.lastIndexOf('/') + 1);
        JsonNode holder = product.at(parent);
        if (holder instanceof ArrayNode array) {
            array.set(0, value);
        } else {
            ((ObjectNode) holder).set(last, value);
        }
        return product;
    }

    private static boolean accepts(ObjectNode product) {
        try {
            return JSON.treeToValue(product, Product.class) != null;
        } catch (JsonProcessingException e) {
            assertThat(e).rootCause().isInstanceOf(IllegalArgumentException.class);
            return false;
        }
    }

    private static ObjectNode json(Product product) {
        return JSON.valueToTree(product);
    }

    private static Product full() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("Color", "Red");
        return product(
                List.of("gift"),
                List.of(new Option("Color", List.of("Red"))),
                List.of(new ProductImage("a".repeat(64), "https://img.example.com/1.jpg", "Cat mug", 1_200, 800)),
                new Variant(
                        "k".repeat(26),
                        "AE-1-abc",
                        options,
                        Money.of(500, "CNY"),
                        Money.of(1_999, "USD"),
                        Money.of(2_999, "USD"),
                        7L,
                        "a".repeat(64),
                        120L,
                        "12000033",
                        "14:771"));
    }

    private static Product least() {
        return product(
                List.of(),
                List.of(),
                List.of(),
                new Variant(
                        "k", "s", Map.of(), Money.of(0, "USD"), Money.of(1, "JPY"), null, null, null, null, "", ""));
    }

    private static Product product(
            List<String> tags, List<Option> options, List<ProductImage> images, Variant variant) {
        return new Product(
                "p".repeat(26),
                "Cat mug",
                "<p>A mug</p>",
                "",
                "",
                tags,
                options,
                List.of(variant),
                images,
                "aliexpress",
                "1005005454292177",
                "https://www.aliexpress.com/item/1005005454292177.html");
    }
}
