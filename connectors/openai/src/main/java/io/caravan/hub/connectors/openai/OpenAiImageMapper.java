package io.caravan.hub.connectors.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.image.Brief;
import io.caravan.hub.model.image.StoredObject;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** A {@link Brief} to a generated picture, and what is told about it once it is stored. */
public final class OpenAiImageMapper {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Prices prices = new Prices();
    private String imageModel = "gpt-image-1";

    /** Used when the connection's setting {@code imageModel} names none. */
    public void setImageModel(String imageModel) {
        this.imageModel = imageModel;
    }

    /** Shape: out, the JSON body of {@code POST /v1/images/generations}; PNG, since transparency needs it. */
    public byte[] request(@Body Brief brief, @Variable("connection") Connection connection)
            throws JsonProcessingException {
        ObjectNode request = JSON.createObjectNode()
                .put("model", model(connection))
                .put("prompt", brief.prompt())
                .put("n", 1)
                .put("size", brief.size())
                .put("quality", brief.quality())
                .put("background", brief.background())
                .put("output_format", "png");
        return JSON.writeValueAsBytes(request);
    }

    /**
     * Shape: in, the parsed answer; out, its first picture, told by its own bytes, not by what was asked for.
     *
     * @throws io.caravan.hub.model.VendorException TRANSIENT {@code no-picture}: none is there, it is not Base64, or it is
     *     no PNG, JPEG or WebP
     */
    public Picture picture(@Body @Nullable Object reply, @Variable("connection") Connection connection) {
        Map<?, ?> answer = Vendor.object(reply);
        String base64 = Vendor.text(Vendor.first(Vendor.list(answer, "data")), "b64_json");
        if (base64.isEmpty()) {
            throw Vendor.unusable("no-picture", "answered without a picture", null);
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Vendor.unusable("no-picture", "answered a picture that is not Base64", e);
        }
        ImageHeader header = ImageHeader.of(bytes)
                .orElseThrow(() -> Vendor.unusable(
                        "no-picture", "answered " + bytes.length + " bytes that are no PNG, JPEG or WebP", null));
        String model = model(connection);
        return new Picture(
                bytes,
                header.mediaType(),
                header.width(),
                header.height(),
                prices.image(model, Vendor.map(answer, "usage")),
                model);
    }

    /** Shape: out, id = the picture's hash, facts = what the flow needs to know of it; never its bytes. */
    public VendorObject told(@Body StoredObject stored, @Variable("openaiPicture") Picture picture) {
        return new VendorObject(
                stored.sha256(),
                "stored",
                Map.of(
                        "sha256", stored.sha256(),
                        "media_type", picture.mediaType(),
                        "width", picture.width(),
                        "height", picture.height(),
                        "bytes", stored.size(),
                        "cost_micros", picture.costMicros(),
                        "model", picture.model()));
    }

    private String model(Connection connection) {
        return connection.settingOr("imageModel", imageModel);
    }
}
