package io.caravan.hub.connectors.openai.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code POST /v1/chat/completions}: answers about the keyword that it finds in the last message, in the schema asked for. */
final class Chat {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KNOWN = Set.of(
            "messages",
            "model",
            "service_tier",
            "modalities",
            "verbosity",
            "reasoning_effort",
            "max_completion_tokens",
            "frequency_penalty",
            "presence_penalty",
            "web_search_options",
            "top_logprobs",
            "response_format",
            "audio",
            "store",
            "moderation",
            "stream",
            "stop",
            "logit_bias",
            "logprobs",
            "max_tokens",
            "n",
            "prediction",
            "seed",
            "stream_options",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "function_call",
            "functions",
            "metadata",
            "temperature",
            "top_p",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention");
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final List<String> NAMING =
            List.of("keyword", "trend", "topic", "title", "name", "product", "headline", "text");
    private static final int CONTEXT = 128_000;

    private final SandboxState state;
    private final MagicWords magic;

    Chat(SandboxState state, MagicWords magic) {
        this.state = state;
        this.magic = magic;
    }

    Answer complete(Call call) {
        Ask ask = Ask.of(call, KNOWN);
        String model = Models.chat(ask.required("model"));
        String talk = talk(ask);
        boolean reasons = Models.reasons(model);
        parameters(ask, model, reasons);
        JsonNode schema = schema(ask);
        int promptTokens = tokens(call.text());
        if (promptTokens > CONTEXT) {
            throw Refused.bad(
                    "context_length_exceeded",
                    "messages",
                    "This model's maximum context length is " + CONTEXT + " tokens. However, your messages resulted in "
                            + promptTokens + " tokens. Please reduce the length of the messages.");
        }
        Optional<String> word = magic.said(talk, keyword(lastMessage(ask)));
        magic.refuse(word);
        String whole = content(ask, schema);
        int most = ask.has("max_completion_tokens")
                ? ask.get("max_completion_tokens").asInt()
                : Integer.MAX_VALUE;
        int thinking = reasons ? 64 : 0;
        ObjectNode message = SandboxState.object().put("role", "assistant");
        String finish = "stop";
        String content = whole;
        if (tokens(whole) + thinking > most || word.filter("cut"::equals).isPresent()) {
            finish = "length";
            long room = Math.max(0, (long) most - thinking) * 4;
            content = whole.substring(0, (int) Math.min(room, whole.length() / 2));
        } else if (word.filter("filter"::equals).isPresent()) {
            finish = "content_filter";
            content = "";
        } else if (word.filter("invalid-json"::equals).isPresent()) {
            content = "Sure! Here is your answer: " + whole.substring(0, Math.max(1, whole.length() - 1));
        }
        if (word.filter("refuse"::equals).isPresent()) {
            message.putNull("content").put("refusal", "I'm sorry, but I can't help with that request.");
        } else {
            message.put("content", content).putNull("refusal");
        }
        message.putArray("annotations");
        return Answer.json(200, completion(model, message, finish, promptTokens, tokens(content) + thinking, thinking));
    }

    private ObjectNode completion(
            String model, ObjectNode message, String finish, int promptTokens, int answerTokens, int thinking) {
        ObjectNode completion = SandboxState.object();
        String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "").substring(0, 29);
        completion.put("id", id).put("object", "chat.completion");
        completion.put("created", Instant.now().getEpochSecond()).put("model", Models.snapshot(model));
        ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
        choice.set("message", message);
        choice.putNull("logprobs").put("finish_reason", finish);
        ObjectNode usage = completion.putObject("usage");
        usage.put("prompt_tokens", promptTokens)
                .put("completion_tokens", answerTokens)
                .put("total_tokens", promptTokens + answerTokens);
        usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", thinking)
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        completion.put("service_tier", "default").put("system_fingerprint", "fp_sandbox00");
        state.put("completions", id, completion);
        return completion;
    }

    private static String content(Ask ask, JsonNode schema) {
        Merch merch = new Merch(keyword(lastMessage(ask)));
        if (!schema.isMissingNode()) {
            return new SchemaWriter(schema, merch).write().toString();
        }
        if (ask.get("response_format").path("type").asText().equals("json_object")) {
            return SandboxState.object().put("text", merch.text("story")).toString();
        }
        return merch.text("story");
    }

    private static JsonNode schema(Ask ask) {
        JsonNode format = ask.get("response_format");
        if (!format.path("type").asText().equals("json_schema")) {
            return format.path("none");
        }
        String name = format.path("json_schema").path("name").asText();
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw Refused.bad(
                    "invalid_value",
                    "response_format.json_schema.name",
                    "Invalid 'response_format.json_schema.name': string does not match pattern '^[a-zA-Z0-9_-]+$'.");
        }
        JsonNode schema = format.path("json_schema").path("schema");
        if (format.path("json_schema").path("strict").asBoolean(false)) {
            new StrictSchema(name).check(schema);
        }
        return schema;
    }

    private static void parameters(Ask ask, String model, boolean reasons) {
        ask.within("max_completion_tokens", 1, 1, 128_000);
        ask.within("n", 1, 1, 128);
        if (reasons && ask.has("max_tokens")) {
            throw Refused.bad(
                    "unsupported_parameter",
                    "max_tokens",
                    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'"
                            + " instead.");
        }
        if (reasons && ask.has("temperature") && ask.get("temperature").asDouble() != 1) {
            throw Refused.bad(
                    "unsupported_value",
                    "temperature",
                    "Unsupported value: 'temperature' does not support " + ask.get("temperature") + " with this model."
                            + " Only the default (1) value is supported.");
        }
        if (ask.has("temperature") && ask.get("temperature").asDouble() < 0) {
            throw Refused.bad(
                    "decimal_below_min_value",
                    "temperature",
                    "Invalid 'temperature': decimal below minimum value. Expected a value >= 0, but got "
                            + ask.get("temperature") + " instead.");
        }
        if (ask.get("stream").asBoolean(false)) {
            throw Refused.bad(
                    "unsupported_value", "stream", "Unsupported value: this sandbox does not stream (" + model + ").");
        }
    }

    private static String talk(Ask ask) {
        JsonNode messages = ask.get("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw Refused.bad("missing_required_parameter", "messages", "Missing required parameter: 'messages'.");
        }
        StringBuilder talk = new StringBuilder();
        int i = 0;
        for (JsonNode message : messages) {
            if (!ROLES.contains(message.path("role").asText())) {
                throw Refused.bad(
                        "invalid_value",
                        "messages[" + i + "].role",
                        "Invalid value: '" + message.path("role").asText() + "'.");
            }
            talk.append(text(message.path("content"))).append('\n');
            i++;
        }
        return talk.toString();
    }

    private static String lastMessage(Ask ask) {
        JsonNode messages = ask.get("messages");
        return text(messages.get(messages.size() - 1).path("content"));
    }

    private static String text(JsonNode content) {
        if (content.isArray()) {
            StringBuilder parts = new StringBuilder();
            content.forEach(part -> parts.append(part.path("text").asText()).append(' '));
            return parts.toString();
        }
        return content.asText();
    }

    /** In a message that is a JSON object: its field that names the matter, at any depth; else its first words. */
    static String keyword(String message) {
        try {
            JsonNode data = JSON.readTree(message);
            if (data != null && data.isObject()) {
                for (String name : NAMING) {
                    JsonNode value = data.findValue(name);
                    if (value != null && value.isTextual() && !value.asText().isBlank()) {
                        return value.asText();
                    }
                }
                for (JsonNode value : data) {
                    if (value.isTextual() && !value.asText().isBlank()) {
                        return value.asText();
                    }
                }
            }
        } catch (JsonProcessingException e) {
            // a message in plain words
        }
        String[] words = message.strip().split("\\s+");
        return String.join(" ", List.of(words).subList(0, Math.min(4, words.length)))
                .toLowerCase(Locale.ROOT);
    }

    static int tokens(String text) {
        return Math.max(1, (text.length() + 3) / 4);
    }
}
