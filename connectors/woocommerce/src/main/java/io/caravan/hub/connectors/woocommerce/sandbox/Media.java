package io.caravan.hub.connectors.woocommerce.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.woocommerce.sandbox.Refusals.Refused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/**
 * The media library. A picture is downloaded while its request waits, when its address is on this machine; others are
 * believed. What was downloaded before the one that fails stays in the library, as in life.
 */
final class Media {

    private static final String LIBRARY = "media";
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

    private final SandboxState state;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    Media(SandboxState state) {
        this.state = state;
    }

    /** The gallery that a request asks for: {@code [{id} or {src, name, alt}]}. */
    ArrayNode gallery(JsonNode wanted, Call call) {
        ArrayNode images = SandboxState.object().putArray("images");
        for (JsonNode one : wanted) {
            images.add(image(one, call));
        }
        return images;
    }

    ObjectNode image(JsonNode wanted, Call call) {
        long known = wanted.path("id").asLong(0);
        if (known > 0) {
            return state.get(LIBRARY, String.valueOf(known))
                    .orElseThrow(() -> new Refused(
                            400, "woocommerce_product_invalid_image_id", "#" + known + " is an invalid image ID."));
        }
        String address = wanted.path("src").asText();
        String path = address.split("\\?", 2)[0];
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!name.matches("(?i).+\\.(jpe?g|png|gif|webp|avif)")) {
            throw new Refused(
                    400,
                    "woocommerce_product_image_upload_error",
                    "Invalid image: Sorry, you are not allowed to upload this file type.");
        }
        fetch(address);
        long id = state.next(LIBRARY, 501);
        ObjectNode image = SandboxState.object()
                .put("id", id)
                .put("date_created", "2026-11-20T10:00:00")
                .put(
                        "src",
                        "http://" + call.header("Host").orElse("localhost") + "/woocommerce/wp-content/uploads/" + id
                                + "-" + name)
                .put("name", wanted.path("name").asText(name))
                .put("alt", wanted.path("alt").asText())
                .put("_source", address);
        state.put(LIBRARY, String.valueOf(id), image);
        return image;
    }

    Answer file(Call call) {
        String id = call.param("file").split("-", 2)[0];
        return state.get(LIBRARY, id)
                .map(image -> Answer.empty(302)
                        .header("Location", image.path("_source").asText()))
                .orElse(Answer.empty(404));
    }

    private void fetch(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw failed(address, "A valid URL was not provided.");
        }
        if (uri.getHost() == null || !HERE.contains(uri.getHost())) {
            return;
        }
        try {
            HttpResponse<byte[]> got = http.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            String type = got.headers().firstValue("Content-Type").orElse("");
            if (got.statusCode() != 200 || !type.startsWith("image/") || got.body().length == 0) {
                throw failed(address, "status " + got.statusCode() + ", " + type);
            }
        } catch (IOException e) {
            throw failed(address, "A connection could not be made.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(address, "Interrupted.");
        }
    }

    private static Refused failed(String address, String why) {
        return new Refused(
                400,
                "woocommerce_product_image_upload_error",
                "Error getting remote image " + address + ". Error: " + why);
    }
}
