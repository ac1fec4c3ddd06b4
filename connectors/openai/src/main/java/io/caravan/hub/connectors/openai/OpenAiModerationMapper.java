package io.caravan.hub.connectors.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.model.delivery.VendorObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** A text, a picture or both to a verdict. Free of charge at the vendor. */
public final class OpenAiModerationMapper {

    private static final ObjectMapper JSON = new ObjectMapper();

    private String moderationModel = "omni-moderation-latest";

    public void setModerationModel(String moderationModel) {
        this.moderationModel = moderationModel;
    }

    /**
     * @param asked {@code text}, may be missing when there is a picture
     * @param picture the picture's bytes, null when only text is asked about
     * @throws IllegalArgumentException when there is neither, or the bytes are no picture
     */
    public byte[] request(@Body Map<?, ?> asked, @Variable("openaiPicture") byte @Nullable [] picture)
            throws JsonProcessingException {
        ObjectNode request = JSON.createObjectNode().put("model", moderationModel);
        ArrayNode input = request.putArray("input");
        String text = Vendor.text(asked, "text");
        if (!text.isBlank()) {
            input.addObject().put("type", "text").put("text", text);
        }
        if (picture != null) {
            String type = ImageHeader.mediaType(picture)
                    .orElseThrow(() -> new IllegalArgumentException("image_sha256 names bytes that are no picture"));
            String url = "data:" + type + ";base64," + Base64.getEncoder().encodeToString(picture);
            input.addObject().put("type", "image_url").putObject("image_url").put("url", url);
        }
        if (input.isEmpty()) {
            throw new IllegalArgumentException("moderation needs text or image_sha256");
        }
        return JSON.writeValueAsBytes(request);
    }

    /**
     * Shape: out, id = the vendor's id, state = {@code flagged} or {@code clear}, facts = {@code flagged},
     * {@code categories} (those that struck, sorted), {@code top_score} (0 to 1, the highest of all), {@code model}.
     */
    public VendorObject verdict(@Body @Nullable Object reply) {
        Map<?, ?> answer = Vendor.object(reply);
        List<?> results = Vendor.list(answer, "results");
        if (results.isEmpty()) {
            throw Vendor.unusable("no-verdict", "answered without a verdict", null);
        }
        boolean flagged = false;
        double top = 0;
        Set<String> categories = new TreeSet<>();
        for (Object each : results) {
            if (!(each instanceof Map<?, ?> result) || !(result.get("flagged") instanceof Boolean struck)) {
                throw Vendor.unusable("no-verdict", "answered a verdict that says neither yes nor no", null);
            }
            flagged |= struck;
            Vendor.map(result, "categories").forEach((name, hit) -> {
                if (Boolean.TRUE.equals(hit)) {
                    categories.add(String.valueOf(name));
                }
            });
            for (Object score : Vendor.map(result, "category_scores").values()) {
                top = score instanceof Number number ? Math.max(top, number.doubleValue()) : top;
            }
        }
        return new VendorObject(
                Vendor.text(answer, "id"),
                flagged ? "flagged" : "clear",
                Map.of(
                        "flagged",
                        flagged,
                        "categories",
                        List.copyOf(categories),
                        "top_score",
                        top,
                        "model",
                        Vendor.text(answer, "model")));
    }
}
