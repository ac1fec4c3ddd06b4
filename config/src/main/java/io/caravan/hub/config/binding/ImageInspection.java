package io.caravan.hub.config.binding;

import io.caravan.hub.config.store.Images;
import io.caravan.hub.enrich.image.Finding;
import io.caravan.hub.enrich.image.ImageChecks;
import io.caravan.hub.enrich.image.ImageFacts;
import io.caravan.hub.enrich.image.ImageRules;
import io.caravan.hub.enrich.image.PerceptualHash;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.image.Brief;
import io.caravan.hub.model.port.ObjectStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Bean {@code imageInspection}: measures a generated picture and looks whether the account has it already. */
public class ImageInspection {

    private final ObjectStore objects;
    private final Images images;
    private final ImageRules rules;

    ImageInspection(ObjectStore objects, Images images, ImageRules rules) {
        this.objects = objects;
        this.images = images;
        this.rules = rules;
    }

    /**
     * Body in: the generated object; out: the picture's row. Sets the variables {@code checks}, {@code model},
     * {@code costMicros}.
     */
    public Map<String, Object> inspect(
            @Variable("account") AccountId account,
            @Variable("request") Brief brief,
            @Body VendorObject generated,
            Exchange exchange) {
        String sha256 = Facts.text(generated, "sha256");
        Picture picture = Picture.decode(objects.get(account, "images", sha256));
        List<Finding> checks =
                ImageChecks.check(ImageFacts.of(picture.argb(), picture.width(), picture.height()), rules);
        exchange.setVariable("checks", checks);
        exchange.setVariable("model", String.valueOf(generated.facts().getOrDefault("model", "")));
        exchange.setVariable("costMicros", Facts.number(generated, "cost_micros"));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sha256", sha256);
        row.put("media_type", Facts.text(generated, "media_type"));
        row.put("width", picture.width());
        row.put("height", picture.height());
        row.put("size", Facts.number(generated, "bytes"));
        row.put("phash", PerceptualHash.of(picture.argb(), picture.width(), picture.height()));
        row.put("prompt", brief.prompt());
        return row;
    }

    /** Sets the variable {@code duplicateOf} to the nearest picture that looks the same, else leaves it unset. */
    public void similar(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Body Map<String, Object> row,
            Exchange exchange) {
        Map<String, Long> known = new LinkedHashMap<>(images.hashes(account));
        known.remove(String.valueOf(item.get("image_id")));
        exchange.removeVariable("duplicateOf");
        PerceptualHash.similarTo(
                        Long.parseLong(String.valueOf(row.get("phash"))),
                        known,
                        rules.review().maxDistance())
                .stream()
                .findFirst()
                .ifPresent(nearest -> exchange.setVariable("duplicateOf", nearest));
    }

    /** What the moderation model is asked: the picture, and the prompt that it was drawn from. */
    public Map<String, Object> moderationRequest(@Body Map<String, Object> row) {
        return Map.of("text", String.valueOf(row.get("prompt")), "image_sha256", String.valueOf(row.get("sha256")));
    }
}
