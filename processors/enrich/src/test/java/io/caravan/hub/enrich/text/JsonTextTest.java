package io.caravan.hub.enrich.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.enrich.Samples;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    private static final ObjectMapper STRICT = new ObjectMapper();

    @Provide
    Arbitrary<String> texts() {
        return Samples.anyText(200);
    }

    @Property
    void shouldKeepAnyTextInsideItsString(@ForAll("texts") String key, @ForAll("texts") String text) throws Exception {
        JsonNode read = STRICT.readTree(JsonText.write(Map.of("k" + key, List.of(text, 1))));

        assertThat(read.size()).isEqualTo(1);
        JsonNode list = read.iterator().next();
        assertThat(list.size()).isEqualTo(2);
        assertThat(list.get(0).isTextual()).isTrue();
        assertThat(list.get(1).asInt()).isEqualTo(1);
    }

    @Property
    void shouldWriteNothingThatCannotBeSeenOrEndsATag(@ForAll("texts") String text) throws Exception {
        String json = JsonText.write(text);

        assertThat(json).doesNotContain("<", ">", "&", "`", "\u2028", "\u2029", "\u202E", "\u200B");
        assertThat(STRICT.readTree(json).asText().codePoints().filter(c -> c != '\n'))
                .noneMatch(Character::isISOControl)
                .noneMatch(c -> Character.getType(c) == Character.FORMAT)
                .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    @Test
    void shouldWriteEachKindOfValue() throws Exception {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"quote\" \\ and </tag> ```");
        value.put("number", 1.5);
        value.put("none", null);
        value.put("odd", Double.NaN);
        value.put("list", Arrays.asList(true, null, 3L));
        value.put("raw", new JsonText.Raw("{\"a\":1}"));

        assertThat(STRICT.readTree(JsonText.write(value)))
                .isEqualTo(STRICT.readTree(
                        "{\"text\":\"a \\\"quote\\\" \\\\ and </tag> ```\",\"number\":1.5,\"none\":null,"
                                + "\"odd\":\"NaN\",\"list\":[true,null,3],\"raw\":{\"a\":1}}"));
    }

    @Test
    void shouldStopAtADepthThatNobodyNeeds() throws Exception {
        Object deep = "end";
        for (int i = 0; i < 5_000; i++) {
            deep = List.of(deep);
        }
        assertThat(STRICT.readTree(JsonText.write(deep)).isArray()).isTrue();
    }
}
