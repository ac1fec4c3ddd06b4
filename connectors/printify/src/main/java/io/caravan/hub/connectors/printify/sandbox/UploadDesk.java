package io.caravan.hub.connectors.printify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** The library of pictures. The same picture sent twice is two uploads. */
final class UploadDesk {

    static final String UPLOADS = "uploads";
    private static final int MOST_BYTES = 20 * 1024 * 1024;

    private final SandboxState state;

    UploadDesk(SandboxState state) {
        this.state = state;
    }

    Answer create(Call call) {
        JsonNode body = call.json().orElse(SandboxState.object());
        String name = body.path("file_name").asText();
        if (name.isBlank()) {
            return Envelopes.invalid("file_name", "The file name field is required.");
        }
        if (body.path("contents").asText().isEmpty()) {
            return body.path("url").asText().isEmpty()
                    ? Envelopes.invalid("contents", "The contents field is required when url is not present.")
                    : Envelopes.refusal(
                            400,
                            10300,
                            "Operation failed.",
                            "cURL error 6: Could not resolve host: the sandbox is offline");
        }
        byte[] bytes = decoded(body.path("contents").asText());
        if (bytes == null || bytes.length > MOST_BYTES) {
            return failed(bytes == null ? "error.file.decode" : "error.file.size.limit.exceeded");
        }
        BufferedImage picture = picture(bytes);
        if (picture == null) {
            return failed("error.file.type.not.supported");
        }
        long number = state.next(UPLOADS, 1);
        ObjectNode upload = SandboxState.object()
                .put("id", String.format("%024x", 0x6000_0000_0000L + number))
                .put("file_name", name)
                .put("height", picture.getHeight())
                .put("width", picture.getWidth())
                .put("size", bytes.length)
                .put("mime_type", (bytes[0] & 0xff) == 0x89 ? "image/png" : "image/jpeg")
                .put("preview_url", "https://images.printify.example/" + number)
                .put("upload_time", Envelopes.now());
        state.put(UPLOADS, upload.path("id").asText(), upload);
        return Answer.json(200, upload);
    }

    Answer list(Call call) {
        return Envelopes.page(call, state.list(UPLOADS), 100);
    }

    Answer get(Call call) {
        return state.get(UPLOADS, call.param("id"))
                .map(upload -> Answer.json(200, upload))
                .orElseGet(Envelopes::missing);
    }

    private static Answer failed(String code) {
        return Envelopes.refusal(
                400, 8201, "Validation failed.", "Failed to upload image. Cause: {\"code\":\"" + code + "\"}");
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable BufferedImage picture(byte[] bytes) {
        boolean known = bytes.length > 12 && ((bytes[0] & 0xff) == 0x89 || (bytes[0] & 0xff) == 0xff);
        try {
            return known ? ImageIO.read(new ByteArrayInputStream(bytes)) : null;
        } catch (IOException e) {
            return null;
        }
    }
}
