package io.caravan.hub.connectors.tiktok.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/**
 * What an actor of the sandbox finds: for each hashtag as many videos as were asked for, dated back from now, the
 * hashtag on each; the same video may turn up under two hashtags. Like the real actor it spoils its dataset: an
 * error row for a hashtag that nobody has, and an empty row that {@code clean} takes out of a page but not of the total.
 */
final class SampleVideos {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long FIRST_ID = 7_530_000_000_000_000_019L;

    private final JsonNode videos;

    SampleVideos() {
        try (InputStream in = SampleVideos.class.getResourceAsStream("/tiktok/sandbox-videos.json")) {
            if (in == null) {
                throw new IllegalStateException("the sandbox's videos are missing from the class path");
            }
            videos = JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param input the actor's input with {@code hashtags} and {@code resultsPerPage} */
    ArrayNode found(JsonNode input, Instant now) {
        ArrayNode rows = JSON.createArrayNode();
        int each = Math.min(videos.size(), input.path("resultsPerPage").asInt(1));
        int start = 0;
        for (JsonNode wanted : input.path("hashtags")) {
            String tag = wanted.asText();
            if (tag.startsWith("doesnotexist")) {
                rows.add(error(tag));
                continue;
            }
            for (int i = 0; i < each; i++) {
                int index = (start + i) % videos.size();
                rows.add(video(index, tag, now));
            }
            start += Math.max(1, each - 2);
        }
        rows.addObject();
        rows.add(error("thishashtagdoesnotexist"));
        return rows;
    }

    private static ObjectNode error(String tag) {
        return JSON.createObjectNode()
                .put("error", "This profile/hashtag does not exist.")
                .put("input", tag)
                .put("url", "https://www.tiktok.com/tag/" + tag);
    }

    private ObjectNode video(int index, String wanted, Instant now) {
        JsonNode sample = videos.get(index);
        Instant at = now.minus(Duration.ofHours(sample.path("age_hours").asLong()));
        String kind = sample.path("kind").asText();
        String id = Long.toString(FIRST_ID + index * 7_919L);
        ObjectNode row = JSON.createObjectNode();
        row.put("id", id)
                .put("text", sample.path("text").asText())
                .put("textLanguage", "en")
                .put("createTime", at.getEpochSecond())
                .put("createTimeISO", Instant.ofEpochSecond(at.getEpochSecond()) + "")
                .put("isAd", kind.equals("ad"))
                .put("isPinned", kind.equals("pinned"))
                .put("isSponsored", false)
                .put("isSlideshow", kind.equals("slideshow"))
                .put("webVideoUrl", "https://www.tiktok.com/@sandbox/video/" + id)
                .put("diggCount", sample.path("likes").asLong())
                .put("shareCount", sample.path("shares").asLong())
                .put("playCount", sample.path("plays").asLong())
                .put("collectCount", sample.path("saves").asLong())
                .put("input", wanted);
        if (!kind.equals("slideshow")) {
            row.put("commentCount", sample.path("comments").asLong());
        }
        row.putObject("authorMeta").put("id", "6900000000000000" + index).put("name", "sandbox_" + index);
        row.putObject("searchHashtag").put("name", wanted).put("views", 0);
        ArrayNode tags = row.putArray("hashtags");
        sample.path("hashtags").forEach(tag -> tags.addObject().put("id", "").put("name", tag.asText()));
        if (tags.size() > 1) {
            tags.addObject().put("name", wanted);
        }
        return row;
    }
}
