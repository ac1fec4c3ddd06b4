package io.caravan.hub.connectors.openai.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code POST /v1/images/generations}: draws. Always Base64, never an address; refuses what the GPT image models refuse. */
final class Images {

    private static final Set<String> KNOWN = Set.of(
            "prompt",
            "model",
            "n",
            "quality",
            "output_format",
            "output_compression",
            "stream",
            "partial_images",
            "size",
            "moderation",
            "background",
            "user");
    private static final Pattern QUOTED = Pattern.compile("[\"\u201c]([^\"\u201c\u201d]{2,40})[\"\u201d]");
    private static final Pattern NO_WORDS = Pattern.compile(
            "(?i)\\b(no|without|any|free of)\\b[^.]{0,30}\\b(text|words|letters|lettering|typography|writing)");
    private static final List<String> BLOCKED = List.of("nude", "porn", "gore", "beheading");

    private final SandboxState state;
    private final MagicWords magic;

    Images(SandboxState state, MagicWords magic) {
        this.state = state;
        this.magic = magic;
    }

    Answer generate(Call call) {
        Ask ask = Ask.of(call, KNOWN);
        String prompt = ask.required("prompt");
        if (prompt.isBlank() || prompt.length() > 32_000) {
            throw Refused.bad("invalid_value", "prompt", "Invalid 'prompt': it must have 1 to 32000 characters.");
        }
        String model = Models.image(ask.has("model") ? ask.required("model") : "gpt-image-1");
        String size = auto(ask.oneOf("size", List.of("auto", "1024x1024", "1024x1536", "1536x1024")), "1024x1024");
        String quality = auto(ask.oneOf("quality", List.of("auto", "low", "medium", "high")), "high");
        String background = auto(ask.oneOf("background", List.of("auto", "transparent", "opaque")), "opaque");
        String format = ask.oneOf("output_format", List.of("png", "jpeg"));
        ask.oneOf("moderation", List.of("auto", "low"));
        int count = ask.within("n", 1, 1, 10);
        if (background.equals("transparent") && format.equals("jpeg")) {
            throw Refused.bad(
                    "invalid_value", "background", "Transparent background is not supported for output format 'jpeg'.");
        }
        refuse(prompt);
        ObjectNode body = SandboxState.object().put("created", Instant.now().getEpochSecond());
        body.put("background", background)
                .put("output_format", format)
                .put("quality", quality)
                .put("size", size);
        int bytes = 0;
        var data = body.putArray("data");
        for (int i = 0; i < count; i++) {
            byte[] picture = Easel.draw(prompt, words(prompt), size, background.equals("transparent"), format, i);
            bytes += picture.length;
            data.addObject().put("b64_json", Base64.getEncoder().encodeToString(picture));
        }
        body.set("usage", usage(prompt, count * tokens(quality, size.equals("1024x1024"))));
        remember(prompt, model, size, quality, background, bytes);
        return Answer.json(200, body);
    }

    private void refuse(String prompt) {
        Optional<String> word = magic.said(prompt, prompt);
        magic.refuse(word);
        boolean bad = BLOCKED.stream()
                .anyMatch(one -> prompt.toLowerCase(java.util.Locale.ROOT).contains(one));
        if (bad
                || word.filter(one -> one.equals("blocked") || one.equals("refuse"))
                        .isPresent()) {
            throw new Refused(
                    400,
                    "image_generation_user_error",
                    "moderation_blocked",
                    null,
                    "Your request was rejected by the safety system. If you believe this is an error, contact us at"
                            + " help.openai.com and include the request ID.");
        }
    }

    private void remember(String prompt, String model, String size, String quality, String background, int bytes) {
        ObjectNode drawn =
                SandboxState.object().put("prompt", prompt.length() > 300 ? prompt.substring(0, 300) : prompt);
        drawn.put("model", model).put("size", size).put("quality", quality).put("background", background);
        drawn.put("bytes", bytes);
        state.put("images", "img_" + state.next("images", 1), drawn);
    }

    private static ObjectNode usage(String prompt, int pictureTokens) {
        int text = Chat.tokens(prompt);
        ObjectNode usage = SandboxState.object();
        usage.put("input_tokens", text).put("output_tokens", pictureTokens).put("total_tokens", text + pictureTokens);
        usage.putObject("input_tokens_details").put("text_tokens", text).put("image_tokens", 0);
        usage.putObject("output_tokens_details").put("text_tokens", 0).put("image_tokens", pictureTokens);
        return usage;
    }

    /** What is to be written on the picture: the prompt's first quoted words, unless it wants none. */
    static String words(String prompt) {
        Matcher quoted = QUOTED.matcher(prompt);
        return !NO_WORDS.matcher(prompt).find() && quoted.find() ? quoted.group(1) : "";
    }

    private static int tokens(String quality, boolean square) {
        return switch (quality) {
            case "low" -> square ? 272 : 408;
            case "medium" -> square ? 1056 : 1584;
            default -> square ? 4160 : 6240;
        };
    }

    private static String auto(String value, String otherwise) {
        return value.equals("auto") ? otherwise : value;
    }
}
