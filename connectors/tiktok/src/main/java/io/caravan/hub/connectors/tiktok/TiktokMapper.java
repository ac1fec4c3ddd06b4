package io.caravan.hub.connectors.tiktok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.trend.SignalBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/** Hashtags to the actor's input, and the dataset's rows to signals: one signal for each hashtag, over all its videos. */
public final class TiktokMapper {

    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]{1,100}");

    private List<String> hashtags = List.of();
    private int resultsPerPage = 30;
    private Duration pinnedOld = Duration.ofDays(30);

    /**
     * What to look for.
     *
     * @param list separated by commas, with or without {@code #}
     * @throws IllegalArgumentException naming the one that is no hashtag
     */
    public void setHashtags(String list) {
        hashtags = Arrays.stream(list.split(","))
                .map(tag -> tag.trim().replaceFirst("^#", ""))
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        hashtags.stream().filter(tag -> !TAG.matcher(tag).matches()).findFirst().ifPresent(tag -> {
            throw new IllegalArgumentException("'" + tag + "' is no hashtag: letters, digits and '_' only");
        });
        Checks.within("number of hashtags", hashtags.size(), 1, 50);
    }

    /** Videos for each hashtag. */
    public void setResultsPerPage(int videos) {
        this.resultsPerPage = (int) Checks.within("resultsPerPage", videos, 1, 1_000);
    }

    /** A pinned video is left out when it is this many days older than the newest row. */
    public void setPinnedDays(int days) {
        this.pinnedOld = Duration.ofDays(Checks.within("pinnedDays", days, 1, 3_650));
    }

    /** The actor's input as JSON. Downloads stay off: each file costs and expires. */
    public String input() {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("hashtags", hashtags);
        input.put("resultsPerPage", resultsPerPage);
        input.put("shouldDownloadVideos", false);
        input.put("shouldDownloadCovers", false);
        input.put("shouldDownloadSlideshowImages", false);
        try {
            return new ObjectMapper().writeValueAsString(input);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers cannot fail to be written", e);
        }
    }

    /** Shape: in, the dataset's rows; out, one signal for each hashtag, the most played first. */
    public SignalBatch signals(@Body @Nullable Object found) {
        if (!(found instanceof List<?> rows)) {
            throw RunWatch.failure(RunWatch.UNREAD, "what the run found is no list");
        }
        Instant newest = rows.stream()
                .flatMap(row -> TiktokItem.date(row).stream())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        HashtagTable table = new HashtagTable(newest.minus(pinnedOld));
        rows.forEach(table::add);
        return new SignalBatch("tiktok", rows.size(), table.signals(), table.rejected());
    }
}
