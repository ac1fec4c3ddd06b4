package io.caravan.hub.connectors.reddit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A listing of the sandbox's own posts, dated back from now. Stickies come on top of the limit, and the last post of a
 * page comes again as the first of the next, as when a list moves while it is read.
 */
final class SamplePosts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> stickies = new ArrayList<>();
    private final List<JsonNode> posts = new ArrayList<>();

    SamplePosts() {
        try (InputStream in = SamplePosts.class.getResourceAsStream("/reddit/sandbox-posts.json")) {
            if (in == null) {
                throw new IllegalStateException("the sandbox's posts are missing from the class path");
            }
            JSON.readTree(in)
                    .forEach(post -> (post.path("kind").asText().equals("sticky") ? stickies : posts).add(post));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param after fullname of the last post that the reader has, "" for the first page
     * @param escaped whether {@code & < >} come as entities, as without {@code raw_json}
     */
    ObjectNode page(String[] subreddits, String listing, String after, int limit, boolean escaped) {
        int start = after.isEmpty() ? 0 : Math.max(0, index(after));
        int end = Math.min(posts.size(), start + limit);
        ObjectNode answer = JSON.createObjectNode().put("kind", "Listing");
        ObjectNode data = answer.putObject("data");
        ArrayNode children = JSON.createArrayNode();
        if (after.isEmpty() && listing.equals("hot")) {
            for (int i = 0; i < stickies.size(); i++) {
                children.add(child(stickies.get(i), 900 + i, subreddits, escaped));
            }
        }
        for (int i = start; i < end; i++) {
            children.add(child(posts.get(i), i, subreddits, escaped));
        }
        if (end < posts.size() && end - 1 > start - 1) {
            data.put("after", fullname(end - 1));
        } else {
            data.putNull("after");
        }
        data.put("dist", children.size()).putNull("modhash");
        data.putNull("geo_filter");
        data.set("children", children);
        data.putNull("before");
        return answer;
    }

    private static String fullname(int index) {
        return "t3_sbx" + Integer.toString(1_000 + index, 36);
    }

    private int index(String fullname) {
        for (int i = 0; i < posts.size(); i++) {
            if (fullname(i).equals(fullname)) {
                return i;
            }
        }
        return 0;
    }

    private static ObjectNode child(JsonNode sample, int index, String[] subreddits, boolean escaped) {
        String kind = sample.path("kind").asText();
        String id = fullname(index).substring(3);
        ObjectNode child = JSON.createObjectNode().put("kind", "t3");
        ObjectNode post = child.putObject("data");
        post.putNull("approved_at_utc");
        post.put("id", id)
                .put("name", fullname(index))
                .put("subreddit", subreddits[index % subreddits.length])
                .put("title", text(sample.path("title").asText(), escaped))
                .put("selftext", text(sample.path("selftext").asText(), escaped))
                .put(
                        "link_flair_text",
                        sample.path("flair").asText().isEmpty()
                                ? null
                                : sample.path("flair").asText())
                .put("score", sample.path("score").asLong())
                .put("ups", Math.max(0, sample.path("score").asLong()))
                .put("upvote_ratio", 0.93)
                .put("num_comments", sample.path("comments").asLong())
                .put("created_utc", (double) Instant.now()
                        .minus(Duration.ofHours(sample.path("age_hours").asLong()))
                        .getEpochSecond())
                .put("permalink", "/r/" + subreddits[0] + "/comments/" + id + "/")
                .put("over_18", kind.equals("nsfw"))
                .put("stickied", kind.equals("sticky"))
                .put("is_self", true)
                .put("edited", false)
                .put("thumbnail", "self");
        if (kind.equals("removed")) {
            post.put("removed_by_category", "moderator");
        } else {
            post.putNull("removed_by_category");
        }
        if (kind.equals("promoted")) {
            post.put("promoted", true);
        }
        post.putNull("likes");
        return child;
    }

    private static String text(String text, boolean escaped) {
        return escaped ? text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") : text;
    }
}
