package io.caravan.hub.config.binding;

import io.caravan.hub.enrich.image.ImageBrief;
import io.caravan.hub.enrich.image.ImageRules;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.image.Brief;
import org.apache.camel.Body;

/** Bean {@code imageBrief}: how to draw an idea, by {@code images.yaml}. */
public class ImageBriefs {

    private final ImageRules rules;

    ImageBriefs(ImageRules rules) {
        this.rules = rules;
    }

    public Brief write(@Body Idea idea) {
        return ImageBrief.from(idea, rules);
    }
}
