package io.caravan.hub.connectors.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.idea.Prompt;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Prompt} to a chat completion and back. Instructions go as the system message, what strangers wrote as a user
 * message of its own that is one JSON object, and the answer is held to the prompt's schema by the vendor.
 */
public final class OpenAiChatMapper {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Prices prices = new Prices();
    private String chatModel = "gpt-4o";
    private int maxCompletionTokens = 2_000;

    /** Used when the connection's setting {@code chatModel} names none. */
    public void setChatModel(String chatModel) {
        this.chatModel = chatModel;
    }

    /** Longest answer in tokens, hidden reasoning included. */
    public void setMaxCompletionTokens(int maxCompletionTokens) {
        this.maxCompletionTokens = maxCompletionTokens;
    }

    /**
     * Shape: out, the JSON body of {@code POST /v1/chat/completions}.
     *
     * @throws IllegalArgumentException when the prompt's data or schema is not one JSON object
     */
    public byte[] request(@Body Prompt prompt, @Variable("connection") Connection connection) {
        object("data", prompt.data());
        ObjectNode request = JSON.createObjectNode();
        request.put("model", connection.settingOr("chatModel", chatModel));
        request.putArray("messages").add(message("system", prompt.system())).add(message("user", prompt.data()));
        request.put("max_completion_tokens", maxCompletionTokens);
        ObjectNode format = request.putObject("response_format").put("type", "json_schema");
        format.putObject("json_schema")
                .put("name", prompt.schemaName())
                .put("strict", true)
                .set("schema", object("schema", prompt.schema()));
        return bytes(request);
    }

    /**
     * Shape: in, the parsed answer; out, id = the completion's id, facts = {@code answer} (the object that the model
     * wrote), {@code model}, {@code prompt_tokens}, {@code completion_tokens}, {@code cost_micros}. An answer that is no
     * whole JSON object comes as the fact {@code text} instead of {@code answer}: whoever asked may ask for a better one.
     * The state is the finish reason, or {@code not-json}.
     *
     * @throws VendorException REJECTED: {@code refusal}, {@code content_filter}, which are final, each with what came
     *     instead as its body; TRANSIENT: an answer that holds no content
     */
    public VendorObject answer(@Body @Nullable Object reply) {
        Map<?, ?> completion = Vendor.object(reply);
        Map<?, ?> choice = Vendor.first(Vendor.list(completion, "choices"));
        Map<?, ?> message = Vendor.map(choice, "message");
        Map<?, ?> usage = Vendor.map(completion, "usage");
        String model = Vendor.text(completion, "model");
        long cost = prices.chat(model, usage);
        String finish = Vendor.text(choice, "finish_reason");
        String refusal = Vendor.text(message, "refusal");
        String content = Vendor.text(message, "content");
        if (!refusal.isBlank()) {
            throw useless("refusal", "the model refuses: " + shown(refusal), refusal, cost);
        }
        if (finish.equals("content_filter")) {
            throw useless("content_filter", "its content filter stopped the answer", content, cost);
        }
        if (content.isBlank()) {
            throw Vendor.unusable("no-content", "answered without any content", null);
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        Object answer = finish.equals("length") ? null : object(content);
        facts.put(answer == null ? "text" : "answer", answer == null ? kept(content) : answer);
        facts.put("model", model);
        facts.put("prompt_tokens", Vendor.number(usage, "prompt_tokens"));
        facts.put("completion_tokens", Vendor.number(usage, "completion_tokens"));
        facts.put("cost_micros", cost);
        String state = answer == null && finish.equals("stop") ? "not-json" : finish;
        return new VendorObject(Vendor.text(completion, "id"), state, facts);
    }

    private static @Nullable Object object(String content) {
        try {
            return JSON.readValue(content, Object.class) instanceof Map<?, ?> answer ? answer : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String kept(String content) {
        return content.length() > VendorException.BODY_LIMIT
                ? content.substring(0, VendorException.BODY_LIMIT)
                : content;
    }

    /** The money is spent although the answer is of no use: the message says how much. */
    private static VendorException useless(String code, String message, String kept, long cost) {
        return new VendorException(
                ErrorKind.REJECTED,
                "openai",
                code,
                200,
                message + " (it cost " + cost + " millionths of a US dollar)",
                kept);
    }

    private static String shown(String text) {
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    private static ObjectNode message(String role, String content) {
        return JSON.createObjectNode().put("role", role).put("content", content);
    }

    private static JsonNode object(String field, String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the prompt's " + field + " must be one JSON object", e);
        }
        throw new IllegalArgumentException("the prompt's " + field + " must be one JSON object");
    }

    private static byte[] bytes(ObjectNode request) {
        try {
            return JSON.writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of text and numbers cannot fail to be written", e);
        }
    }
}
