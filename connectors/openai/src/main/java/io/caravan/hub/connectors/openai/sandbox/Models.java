package io.caravan.hub.connectors.openai.sandbox;

import java.util.List;
import java.util.Map;

/** The models that this vendor has. */
final class Models {

    private static final Map<String, String> SNAPSHOTS = Map.of(
            "gpt-4o", "gpt-4o-2024-08-06",
            "gpt-4o-mini", "gpt-4o-mini-2024-07-18",
            "gpt-4.1", "gpt-4.1-2025-04-14",
            "gpt-4.1-mini", "gpt-4.1-mini-2025-04-14");

    static final List<String> LISTED = List.of(
            "gpt-4o",
            "gpt-4o-mini",
            "gpt-4.1",
            "gpt-4.1-mini",
            "gpt-6-luna",
            "gpt-6-sol",
            "gpt-image-1",
            "gpt-image-2",
            "omni-moderation-latest");

    private Models() {}

    static String chat(String model) {
        if (model.matches("(gpt-[4-9]|o[1-9]|chatgpt-)[a-z0-9.-]*") && !model.contains("image")) {
            return model;
        }
        throw missing(model);
    }

    static String image(String model) {
        if (model.matches("gpt-image-[0-9][a-z0-9.-]*")) {
            return model;
        }
        throw missing(model);
    }

    /** Whether it thinks before it answers and therefore takes no temperature. */
    static boolean reasons(String model) {
        return model.matches("(gpt-[5-9]|o[1-9]).*");
    }

    static String snapshot(String model) {
        return SNAPSHOTS.getOrDefault(model, model);
    }

    static Refused missing(String model) {
        return new Refused(
                404,
                "invalid_request_error",
                "model_not_found",
                null,
                "The model `" + model + "` does not exist or you do not have access to it.");
    }
}
