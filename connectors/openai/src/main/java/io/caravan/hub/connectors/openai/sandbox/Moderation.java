package io.caravan.hub.connectors.openai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code POST /v1/moderations}: judges by a short list of words; pictures are always clear. */
final class Moderation {

    private static final List<String> CATEGORIES = List.of(
            "harassment",
            "harassment/threatening",
            "sexual",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm/intent",
            "self-harm/instructions",
            "self-harm",
            "sexual/minors",
            "violence",
            "violence/graphic");
    private static final Set<String> SEE_PICTURES =
            Set.of("self-harm", "self-harm/intent", "self-harm/instructions", "sexual", "violence", "violence/graphic");
    private static final Map<String, List<String>> WORDS = Map.of(
            "violence", List.of("kill", "murder", "massacre", "behead", "gore"),
            "violence/graphic", List.of("behead", "gore"),
            "hate", List.of("nazi", "kkk", "subhuman"),
            "harassment", List.of("worthless idiot", "kill yourself"),
            "sexual", List.of("porn", "nude", "nsfw"),
            "self-harm", List.of("suicide", "kill yourself"),
            "illicit", List.of("cocaine", "shoplift", "meth lab"));
    private static final Set<String> MODELS = Set.of(
            "omni-moderation-latest", "omni-moderation-2024-09-26", "text-moderation-latest", "text-moderation-stable");

    private record Input(String text, boolean picture) {}

    private final MagicWords magic;

    Moderation(MagicWords magic) {
        this.magic = magic;
    }

    Answer judge(Call call) {
        Ask ask = Ask.of(call, Set.of("input", "model"));
        String model = ask.has("model") ? ask.required("model") : "omni-moderation-latest";
        if (!MODELS.contains(model)) {
            throw Models.missing(model);
        }
        List<Input> inputs = inputs(ask.get("input"));
        ObjectNode body = SandboxState.object();
        body.put("id", "modr-" + UUID.randomUUID().toString().substring(0, 8)).put("model", model);
        var results = body.putArray("results");
        for (Input input : inputs) {
            magic.refuse(magic.said(input.text(), input.text()));
            results.add(result(input));
        }
        return Answer.json(200, body);
    }

    /** An array of parts is one input; an array of texts is one each. */
    private static List<Input> inputs(JsonNode input) {
        List<Input> inputs = new ArrayList<>();
        if (input.isTextual()) {
            inputs.add(new Input(input.asText(), false));
        } else if (input.isArray() && input.path(0).isTextual()) {
            input.forEach(one -> inputs.add(new Input(one.asText(), false)));
        } else if (input.isArray() && !input.isEmpty()) {
            inputs.add(parts(input));
        } else {
            throw Refused.bad("missing_required_parameter", "input", "Missing required parameter: 'input'.");
        }
        return inputs;
    }

    private static Input parts(JsonNode input) {
        StringBuilder text = new StringBuilder();
        int pictures = 0;
        for (JsonNode part : input) {
            String url = part.path("image_url").path("url").asText();
            if (part.path("type").asText().equals("text")) {
                text.append(part.path("text").asText()).append(' ');
            } else if (part.path("type").asText().equals("image_url") && url.matches("(?s)(https?://|data:image/).*")) {
                pictures++;
            } else {
                throw Refused.bad("invalid_value", "input", "Invalid value in 'input': neither text nor image_url.");
            }
        }
        if (pictures > 1) {
            throw Refused.bad("too_many_images", "input", "Too many images: at most 1 per request.");
        }
        return new Input(text.toString(), pictures == 1);
    }

    private static ObjectNode result(Input input) {
        String text = " " + input.text().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ") + " ";
        ObjectNode result = SandboxState.object();
        ObjectNode categories = SandboxState.object();
        ObjectNode scores = SandboxState.object();
        ObjectNode applied = SandboxState.object();
        boolean flagged = false;
        for (String category : CATEGORIES) {
            boolean hit =
                    WORDS.getOrDefault(category, List.of()).stream().anyMatch(word -> text.contains(" " + word + " "));
            flagged |= hit;
            categories.put(category, hit);
            scores.put(category, (hit ? 0.9 : 0.00001) + Math.floorMod((category + text).hashCode(), 1000) / 1e5);
            var types = applied.putArray(category);
            if (!input.text().isBlank()) {
                types.add("text");
            }
            if (input.picture() && SEE_PICTURES.contains(category)) {
                types.add("image");
            }
        }
        result.put("flagged", flagged);
        result.set("categories", categories);
        result.set("category_scores", scores);
        result.set("category_applied_input_types", applied);
        return result;
    }
}
