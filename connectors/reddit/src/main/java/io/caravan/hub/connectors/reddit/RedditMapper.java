package io.caravan.hub.connectors.reddit;

import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Body;

/**
 * Posts to signals. Fields are looked up by name and may be missing: a post had 54 fields in 2016 and has 107 since 2022.
 */
public final class RedditMapper {

    private static final int LONGEST_KEYWORD = 200;
    private static final int LONGEST_CONTEXT = 300;
    private static final Set<String> REMOVED_TITLES =
            Set.of("[removed]", "[deleted]", "[deleted by user]", "[ removed by moderator ]");

    /** Shape: in, the children of all pages; out, one signal for each post that may be shown. */
    public SignalBatch signals(@Body List<?> children) {
        List<Signal> signals = new ArrayList<>();
        Map<String, Integer> rejected = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (Object child : children) {
            Map<?, ?> post = post(child);
            String reason = reason(post);
            if (reason.isEmpty() && !seen.add(text(post, "name"))) {
                reason = "duplicate";
            }
            if (reason.isEmpty()) {
                signals.add(signal(post));
            } else {
                rejected.merge(reason, 1, Integer::sum);
            }
        }
        return new SignalBatch("reddit", children.size(), signals, rejected);
    }

    /** Empty when it is no post. */
    private static Map<?, ?> post(Object child) {
        return child instanceof Map<?, ?> thing
                        && "t3".equals(thing.get("kind"))
                        && thing.get("data") instanceof Map<?, ?> data
                ? data
                : Map.of();
    }

    /** Why the post is left out, or "" when it stays. */
    private static String reason(Map<?, ?> post) {
        if (post.isEmpty()) {
            return "not-a-post";
        }
        if (text(post, "name").isEmpty()) {
            return "no-id";
        }
        if (flag(post, "stickied")) {
            return "stickied";
        }
        if (flag(post, "promoted") || flag(post, "is_created_from_ads_ui")) {
            return "promoted";
        }
        if (flag(post, "over_18")) {
            return "over-18";
        }
        if (post.get("removed_by_category") != null || REMOVED_TITLES.contains(text(post, "title"))) {
            return "removed";
        }
        if (text(post, "title").isEmpty()) {
            return "no-title";
        }
        return number(post, "created_utc") > 0 ? "" : "no-date";
    }

    private static Signal signal(Map<?, ?> post) {
        return new Signal(
                "reddit",
                text(post, "name"),
                Words.cut(text(post, "title"), LONGEST_KEYWORD),
                Volume.UPVOTES,
                number(post, "score"),
                number(post, "num_comments"),
                "",
                List.of(
                        text(post, "subreddit"),
                        text(post, "link_flair_text"),
                        Words.cut(text(post, "selftext"), LONGEST_CONTEXT)),
                Instant.ofEpochSecond(Math.min(number(post, "created_utc"), 253_402_300_799L)));
    }

    private static String text(Map<?, ?> post, String name) {
        return post.get(name) instanceof String text
                ? text.replaceAll("\\s+", " ").strip()
                : "";
    }

    private static boolean flag(Map<?, ?> post, String name) {
        return Boolean.TRUE.equals(post.get(name));
    }

    /** Whole part; 0 when it is missing or negative: the score of a disliked post is. */
    private static long number(Map<?, ?> post, String name) {
        return post.get(name) instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }
}
