package io.caravan.hub.connectors.shopify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Part;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Staged uploads, the store that takes them, and pictures that are made of them in the background. */
final class MediaDesk {

    private static final int MOST = 250;

    private final SandboxState state;

    MediaDesk(SandboxState state) {
        this.state = state;
    }

    /** Targets are on the sandbox itself, unless the setting {@code upload_host} names another. */
    Map<String, Object> stage(JsonNode args, String base, Settings settings) {
        List<Map<String, Object>> targets = new ArrayList<>();
        String url = settings.text("upload_host", base) + "/staged";
        for (JsonNode wish : args.path("input")) {
            String key = "tmp/" + state.next("staged_keys", 70_001) + "/"
                    + wish.path("filename").asText();
            ObjectNode staged = SandboxState.object()
                    .put("type", wish.path("mimeType").asText())
                    .put("signature", UUID.randomUUID().toString());
            state.put("staged", key, staged);
            List<Map<String, Object>> parameters = new ArrayList<>();
            parameters.add(parameter("content-type", wish.path("mimeType").asText()));
            parameters.add(parameter("success_action_status", "201"));
            parameters.add(parameter("acl", "private"));
            parameters.add(parameter("key", key));
            parameters.add(
                    parameter("x-goog-signature", staged.path("signature").asText()));
            Map<String, Object> target = new LinkedHashMap<>();
            target.put("url", url);
            target.put("resourceUrl", url + "/" + key);
            target.put("parameters", parameters);
            targets.add(target);
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("stagedTargets", targets);
        return payload;
    }

    private static Map<String, Object> parameter(String name, String value) {
        return Map.of("name", name, "value", value);
    }

    /** The store: fields as they were given, the file last, and no credential of the shop. */
    Answer upload(Call call) {
        List<Part> parts = call.multipart();
        if (call.header("X-Shopify-Access-Token").isPresent()) {
            return xml(400, "InvalidArgument", "a token of the shop has no business here");
        }
        if (parts.isEmpty() || !parts.get(parts.size() - 1).name().equals("file")) {
            return xml(400, "InvalidArgument", "POST requires exactly one file upload per request, after all fields");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        parts.forEach(part -> fields.put(part.name(), part.filename().isEmpty() ? part.text() : ""));
        String key = fields.getOrDefault("key", "");
        ObjectNode staged = state.get("staged", key).orElse(null);
        if (staged == null
                || !staged.path("signature").asText().equals(fields.get("x-goog-signature"))
                || !"201".equals(fields.get("success_action_status"))
                || !staged.path("type").asText().equals(fields.get("content-type"))) {
            return xml(403, "AccessDenied", "Invalid according to Policy");
        }
        staged.put(
                "bytes",
                Base64.getEncoder().encodeToString(parts.get(parts.size() - 1).bytes()));
        state.put("staged", key, staged);
        return Answer.text(201, "application/xml", "<PostResponse><Key>" + key + "</Key></PostResponse>");
    }

    /** Replaces the list of files of a product. */
    void set(ObjectNode product, JsonNode files) {
        if (files.size() > MOST) {
            throw new UserError("INVALID_INPUT", "A product can have at most 250 media", "input", "files");
        }
        ArrayNode all = product.arrayNode();
        int index = 0;
        for (JsonNode file : files) {
            String at = String.valueOf(index++);
            if (file.has("id")) {
                JsonNode there = null;
                for (JsonNode media : product.path("media")) {
                    there = media.path("id").asText().equals(file.path("id").asText()) ? media : there;
                }
                if (there == null) {
                    throw new UserError("INVALID_INPUT", "File id does not exist", "input", "files", at, "id");
                }
                all.add(there);
            } else if (file.path("originalSource").asText().isEmpty()) {
                throw new UserError("INVALID_INPUT", "A file needs an id or an originalSource", "input", "files", at);
            } else {
                all.add(made(file));
            }
        }
        product.set("media", all);
    }

    private ObjectNode made(JsonNode file) {
        String source = file.path("originalSource").asText();
        int staged = source.indexOf("/staged/");
        String key = staged < 0 ? "" : source.substring(staged + 8);
        byte[] bytes = Base64.getDecoder()
                .decode(state.get("staged", key)
                        .map(one -> one.path("bytes").asText())
                        .orElse(""));
        String error =
                bytes.length == 0 ? "IMAGE_DOWNLOAD_FAILURE" : picture(bytes) ? "" : "UNSUPPORTED_IMAGE_FILE_TYPE";
        String wanted = file.path("filename").asText(key.substring(key.lastIndexOf('/') + 1));
        String name = wanted;
        if (state.get("files", wanted).isPresent()) {
            int dot = wanted.lastIndexOf('.');
            name = wanted.substring(0, dot) + "_" + UUID.randomUUID() + wanted.substring(dot);
        }
        if (error.isEmpty()) {
            state.put("files", name, SandboxState.object().put("staged", key));
        }
        return SandboxState.object()
                .put("id", "gid://shopify/MediaImage/" + state.next("media", 33_000_000_001L))
                .put("alt", file.path("alt").asText())
                .put("name", name)
                .put("error", error)
                .put("created_ms", System.currentTimeMillis());
    }

    /** A picture as buyers get it. */
    Answer serve(Call call) {
        return state.get("files", call.param("name"))
                .flatMap(file -> state.get("staged", file.path("staged").asText()))
                .map(staged -> Answer.bytes(
                        200,
                        "image/jpeg",
                        Base64.getDecoder().decode(staged.path("bytes").asText())))
                .orElseGet(() -> Answer.text(404, "text/plain", "Not found"));
    }

    private static boolean picture(byte[] bytes) {
        boolean jpeg = bytes.length > 100 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xd8;
        boolean png = bytes.length > 40 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G';
        return jpeg || png;
    }

    private static Answer xml(int status, String code, String message) {
        return Answer.text(
                status,
                "application/xml; charset=UTF-8",
                "<?xml version='1.0' encoding='UTF-8'?><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error>");
    }
}
