package io.caravan.hub.connectors.etsy.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Part;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Pictures of a listing, in ranks from 1. Without {@code overwrite} an upload pushes the others back. */
final class ImageDesk {

    private static final int MOST = 20;

    private final SandboxState state;

    ImageDesk(SandboxState state) {
        this.state = state;
    }

    Answer list(Call call) {
        ObjectNode listing = ListingDesk.find(state, call);
        if (listing == null) {
            return Refusals.error(404, "Resource not found");
        }
        ObjectNode page =
                SandboxState.object().put("count", listing.path("images").size());
        page.set("results", listing.path("images").isArray() ? listing.path("images") : page.arrayNode());
        return Answer.json(200, page);
    }

    Answer upload(Call call) {
        ObjectNode listing = ListingDesk.find(state, call);
        if (listing == null) {
            return Refusals.error(404, "Resource not found");
        }
        List<Part> parts = call.multipart();
        Part picture = parts.stream()
                .filter(part -> part.name().equals("image"))
                .findFirst()
                .orElse(null);
        if (picture == null || picture.filename().isEmpty()) {
            return Refusals.error(400, "Either an image or a listing_image_id must be given");
        }
        if (!isPicture(picture.bytes())) {
            return Refusals.error(400, "The image could not be read: not a JPEG, PNG or GIF");
        }
        String alt = text(parts, "alt_text", "");
        if (alt.length() > 500) {
            return Refusals.invalid("/alt_text", "string_too_long", "cannot be more than 500 characters");
        }
        String rankText = text(parts, "rank", "1");
        if (!rankText.matches("[0-9]{1,2}")) {
            return Refusals.error(400, "Expected int value for 'rank'");
        }
        boolean overwrite = text(parts, "overwrite", "false").equals("true");
        List<ObjectNode> images = images(listing);
        int rank = Math.max(1, Math.min(Integer.parseInt(rankText), images.size() + 1));
        if (overwrite) {
            images.removeIf(image -> image.path("rank").asInt() == rank);
        } else {
            images.stream()
                    .filter(image -> image.path("rank").asInt() >= rank)
                    .forEach(image -> image.put("rank", image.path("rank").asInt() + 1));
        }
        if (images.size() >= MOST) {
            return Refusals.error(400, "A listing can have at most " + MOST + " images");
        }
        ObjectNode image = made(listing, rank, alt, picture.bytes().length);
        images.add(image);
        images.sort(Comparator.comparingInt(one -> one.path("rank").asInt()));
        ArrayNode all = listing.putArray("images");
        images.forEach(all::add);
        state.put(ListingDesk.LISTINGS, listing.path("listing_id").asText(), listing);
        return Answer.json(201, image);
    }

    private ObjectNode made(ObjectNode listing, int rank, String alt, int size) {
        long id = state.next("images", 6_600_000_001L);
        long now = System.currentTimeMillis() / 1000;
        String url = "https://i.etsystatic.com/" + id + "/il_";
        return SandboxState.object()
                .put("listing_id", listing.path("listing_id").asLong())
                .put("listing_image_id", id)
                .put("creation_tsz", now)
                .put("created_timestamp", now)
                .put("rank", rank)
                .put("url_75x75", url + "75x75.jpg")
                .put("url_170x135", url + "170x135.jpg")
                .put("url_570xN", url + "570xN.jpg")
                .put("url_fullxfull", url + "fullxfull.jpg?s=" + size)
                .put("alt_text", alt);
    }

    private static List<ObjectNode> images(ObjectNode listing) {
        List<ObjectNode> images = new ArrayList<>();
        for (JsonNode image : listing.path("images")) {
            images.add((ObjectNode) image);
        }
        return images;
    }

    private static String text(List<Part> parts, String name, String otherwise) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .map(Part::text)
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean isPicture(byte[] bytes) {
        if (bytes.length < 12) {
            return false;
        }
        int head = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        return head == 0x8950 || head == 0xffd8 || head == 0x4749;
    }
}
