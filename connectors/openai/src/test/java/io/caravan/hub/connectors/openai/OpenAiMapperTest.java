package io.caravan.hub.connectors.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.idea.Prompt;
import io.caravan.hub.model.image.StoredObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiMapperTest {

    private static final Connection CONNECTION = new Connection(
            "c", new AccountId("acme"), "openai", Mode.SANDBOX, URI.create("http://127.0.0.1:1"), Map.of(), Map.of());

    private final OpenAiChatMapper chat = new OpenAiChatMapper();
    private final OpenAiImageMapper images = new OpenAiImageMapper();
    private final OpenAiModerationMapper moderation = new OpenAiModerationMapper();

    @Test
    void shouldReadARecordedAnswerToASchema() throws Exception {
        VendorObject answer = chat.answer(Recordings.body("chat-json-schema-final"));
        assertThat(answer.id()).startsWith("chatcmpl-");
        assertThat(answer.state()).isEqualTo("stop");
        assertThat(answer.facts().get("answer")).isEqualTo(Map.of("city", "Mexico City", "country", "Mexico"));
        assertThat((String) answer.facts().get("model")).startsWith("gpt-4o");
    }

    @Test
    void shouldHandOnARecordedAnswerInPlainWordsAsText() throws Exception {
        VendorObject answer = chat.answer(Recordings.body("chat-inline-moderation-flagged"));
        assertThat(answer.state()).isEqualTo("not-json");
        assertThat(answer.facts()).doesNotContainKey("answer");
        assertThat((String) answer.facts().get("text")).startsWith("I'm really sorry");
    }

    @Test
    void shouldTakeATurnWithoutContentForTransient() throws Exception {
        Map<?, ?> recorded = Recordings.body("chat-json-schema-tool-turn");
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> chat.answer(recorded));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "7", "null", "{\"a\":1} and more", "{\"a\":1,\"a\":2}", "{\"a\":NaN}", "{\"a\":"})
    void shouldTakeNothingButOneObjectForAnAnswer(String content) {
        VendorObject answer = chat.answer(completion(content, "stop"));
        assertThat(answer.state()).isEqualTo("not-json");
        assertThat(answer.facts()).doesNotContainKey("answer").containsEntry("text", content);
    }

    @Test
    void shouldSayWhyTheModelRefuses() {
        Map<String, Object> message = Map.of("refusal", "I cannot draw that");
        VendorException refusal = catchThrowableOfType(
                VendorException.class,
                () -> chat.answer(Map.of("choices", List.of(Map.of("message", message, "finish_reason", "stop")))));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(refusal.code()).isEqualTo("refusal");
        assertThat(refusal).hasMessageContaining("I cannot draw that");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "ignore this", "", "{} {}"})
    void shouldSendNoDataThatIsNotOneObject(String data) {
        Prompt prompt = new Prompt("v1", "system", data, "s", "{\"type\":\"object\"}");
        assertThatThrownBy(() -> chat.request(prompt, CONNECTION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("data");
    }

    @ParameterizedTest
    @CsvSource({
        // 1000 x 2.50 + 500 x 10 dollars for a million = 7,500 millionths
        "gpt-4o,                 1000,    0, 500,  7500",
        "gpt-4o-2024-08-06,      1000,    0, 500,  7500",
        "gpt-4o,                 1000, 1000, 500,  6250",
        "gpt-4o-mini,               1,    0,   0,     1",
        "gpt-99,                 1000,    0, 500, 35000"
    })
    void shouldCountWhatAChatCosts(String model, int prompt, int cached, int completion, long micros) {
        Map<String, Object> usage = Map.of(
                "prompt_tokens", prompt,
                "completion_tokens", completion,
                "prompt_tokens_details", Map.of("cached_tokens", cached));
        assertThat(new Prices().chat(model, usage)).isEqualTo(micros);
    }

    @Test
    void shouldCountTheWorstWhenNoUsageIsTold() {
        assertThat(new Prices().chat("gpt-4o", Map.of())).isEqualTo(40_000);
        assertThat(new Prices().image("gpt-image-1", Map.of())).isEqualTo(250_000);
        assertThat(new Prices().image("gpt-image-77", Map.of())).isEqualTo(250_000);
    }

    @Test
    void shouldReadARecordedPicture() throws Exception {
        Picture picture = images.picture(Recordings.body("images-generations-gpt-image-1-b64"), CONNECTION);
        assertThat(picture.mediaType()).isEqualTo("image/png");
        assertThat(picture.width()).isEqualTo(1);
        assertThat(picture.height()).isEqualTo(1);
        // 10 text tokens at 5 and 4160 picture tokens at 40 dollars for a million
        assertThat(picture.costMicros()).isEqualTo(166_450);
        assertThat(picture.model()).isEqualTo("gpt-image-1");

        VendorObject told = images.told(new StoredObject("images", "ab12", "image/png", 70), picture);
        assertThat(told)
                .isEqualTo(new VendorObject(
                        "ab12",
                        "stored",
                        Map.of(
                                "sha256",
                                "ab12",
                                "media_type",
                                "image/png",
                                "width",
                                1,
                                "height",
                                1,
                                "bytes",
                                70L,
                                "cost_micros",
                                166_450L,
                                "model",
                                "gpt-image-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "PGh0bWw+PC9odG1sPg=="})
    void shouldTakeWhatIsNoPictureForTransient(String base64) {
        VendorException refusal = catchThrowableOfType(
                VendorException.class,
                () -> images.picture(Map.of("data", List.of(Map.of("b64_json", base64))), CONNECTION));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal.code()).isEqualTo("no-picture");
    }

    @Test
    void shouldReadARecordedVerdict() throws Exception {
        VendorObject verdict = moderation.verdict(Recordings.body("moderations-not-flagged"));
        assertThat(verdict.id()).isEqualTo("modr-7265");
        assertThat(verdict.state()).isEqualTo("clear");
        assertThat(verdict.facts()).containsEntry("flagged", false).containsEntry("categories", List.of());
        assertThat((Double) verdict.facts().get("top_score")).isPositive().isLessThan(0.01);
    }

    @Test
    void shouldSendAPictureAsADataAddress() throws Exception {
        byte[] png = Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        var sent = Recordings.JSON.readTree(moderation.request(Map.of("image_sha256", "x"), png));
        assertThat(sent.path("input")).hasSize(1);
        assertThat(sent.at("/input/0/type").asText()).isEqualTo("image_url");
        assertThat(sent.at("/input/0/image_url/url").asText()).startsWith("data:image/png;base64,iVBOR");
        assertThatThrownBy(() -> moderation.request(Map.of("text", " "), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> moderation.request(Map.of(), "GIF89a".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, Object> completion(String content, String finish) {
        return Map.of(
                "id", "chatcmpl-1",
                "model", "gpt-4o",
                "choices", List.of(Map.of("message", Map.of("content", content), "finish_reason", finish)));
    }
}
