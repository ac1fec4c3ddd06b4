package io.caravan.hub.connectors.http;

import io.caravan.hub.model.delivery.EffectSteps;
import java.util.Map;

/** Effects that say {@code through: http-effect}. */
public final class HttpSteps implements EffectSteps {

    @Override
    public String through() {
        return "http-effect";
    }

    @Override
    public void check(String step, Map<String, Object> how) {
        HttpStep read = HttpStep.of(how);
        if (step.equals("lookup") && !read.path().text().contains("{") && read.body() == null) {
            throw new IllegalArgumentException(
                    "path must say what to look for, with {reference} or with what is unique in the request");
        }
    }
}
