package io.caravan.hub.connectors.reddit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedditMapperTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedditMapper mapper = new RedditMapper();

    @Test
    void shouldReadEveryFieldOfAPost() throws Exception {
        SignalBatch batch = map("""
                [{"kind":"t3","data":{"id":"1abc","name":"t3_1abc","title":" Frog  in a\\n raincoat ","subreddit":"crafts",
                  "link_flair_text":"Finished","selftext":"He likes it.","score":1234,"ups":1300,"num_comments":56,
                  "created_utc":1756720800.0,"over_18":false,"stickied":false,"edited":1756720900.0,"likes":null,
                  "a_field_of_next_year":{"x":[1]}}}]""");

        assertThat(batch.source()).isEqualTo("reddit");
        assertThat(batch.rows()).isEqualTo(1);
        assertThat(batch.rejected()).isEmpty();
        Signal signal = batch.signals().get(0);
        assertThat(signal.source()).isEqualTo("reddit");
        assertThat(signal.externalId()).isEqualTo("t3_1abc");
        assertThat(signal.keyword()).isEqualTo("Frog in a raincoat");
        assertThat(signal.unit()).isEqualTo(Volume.UPVOTES);
        assertThat(signal.volume()).isEqualTo(1234);
        assertThat(signal.interactions()).isEqualTo(56);
        assertThat(signal.region()).isEmpty();
        assertThat(signal.context()).containsExactly("crafts", "Finished", "He likes it.");
        assertThat(signal.observedAt()).isEqualTo(Instant.parse("2025-09-01T10:00:00Z"));
    }

    @Test
    void shouldTakeADislikedPostForZero() throws Exception {
        Signal signal = map("[{\"kind\":\"t3\",\"data\":{\"name\":\"t3_a\",\"title\":\"x\",\"score\":-7,"
                        + "\"num_comments\":null,\"created_utc\":1756720800}}]")
                .signals()
                .get(0);
        assertThat(signal.volume()).isZero();
        assertThat(signal.interactions()).isZero();
        assertThat(signal.context()).isEmpty();
    }

    @Test
    void shouldCutALongTitleAtAWord() throws Exception {
        String title = "dinosaur ".repeat(40).strip();
        Signal signal =
                map("[" + post("'title':'" + title + "'") + "]").signals().get(0);
        assertThat(signal.keyword())
                .hasSizeLessThanOrEqualTo(200)
                .endsWith("dinosaur")
                .startsWith("dinosaur dinosaur");
    }

    @Test
    void shouldNotCutACharacterInTwo() {
        assertThat(Words.cut("\uD83D\uDC38".repeat(3), 3)).isEqualTo("\uD83D\uDC38");
        assertThat(Words.cut("abc def", 3)).isEqualTo("abc");
        assertThat(Words.cut("abc", 3)).isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stickied   | 'stickied':true",
                "over-18    | 'over_18':true",
                "removed    | 'removed_by_category':'moderator'",
                "removed    | 'title':'[removed]'",
                "promoted   | 'promoted':true",
                "promoted   | 'is_created_from_ads_ui':true",
                "no-title   | 'title':'  '",
                "no-title   | 'title':null",
                "no-date    | 'created_utc':null",
                "no-id      | 'name':null",
                "duplicate  | 'name':'t3_good'"
            })
    void shouldCountAPostThatItLeavesOutByItsReason(String reason, String change) throws Exception {
        SignalBatch batch = map("[" + post("'name':'t3_good'") + "," + post(change) + "]");
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.rejected()).isEqualTo(Map.of(reason, 1));
        assertThat(batch.signals()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'kind':'t1','data':{'body':'a comment'}}", "'text'", "{'kind':'t3'}"})
    void shouldCountWhatIsNoPost(String row) throws Exception {
        String json = row.startsWith("{") ? row : "\"text\"";
        assertThat(map("[" + json.replace('\'', '"') + "]").rejected()).isEqualTo(Map.of("not-a-post", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "domain_hot_youtube_100.json,100,94",
        "front_hot_100.json,100,98",
        "front_top_all_100.json,100,100",
        "listing_2026_ratelimit_1000.json,100,100",
        "listing_empty.json,0,0",
        "search_relevance_31.json,31,31",
        "subreddit_hot_100.json,100,96",
        "subreddit_hot_102_items_for_limit_100.json,102,97",
        "subreddit_top_all_100.json,100,97"
    })
    void shouldReadRecordedListings(String file, int rows, int signals) throws Exception {
        Path recording = Path.of(System.getProperty("shared.contracts"), "reddit/recordings", file);
        assumeTrue(Files.exists(recording), "no recordings on this machine");
        JsonNode children = JSON.readTree(recording.toFile()).at("/response/body/data/children");
        SignalBatch batch = map(children.toString());
        assertThat(batch.rows()).isEqualTo(rows);
        assertThat(batch.signals()).hasSize(signals);
        int left =
                batch.rejected().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(signals + left).isEqualTo(rows);
    }

    private static String post(String change) {
        String[] field = change.split(":", 2);
        Map<String, String> fields = new java.util.LinkedHashMap<>(Map.of(
                "'name'", "'t3_other'", "'title'", "'a title'", "'score'", "5", "'created_utc'", "1756720800.0"));
        fields.put(field[0], field[1]);
        StringBuilder data = new StringBuilder();
        fields.forEach((name, value) ->
                data.append(data.isEmpty() ? "" : ",").append(name).append(':').append(value));
        return ("{'kind':'t3','data':{" + data + "}}").replace('\'', '"');
    }

    private SignalBatch map(String json) throws Exception {
        return mapper.signals(JSON.readValue(json, List.class));
    }
}
