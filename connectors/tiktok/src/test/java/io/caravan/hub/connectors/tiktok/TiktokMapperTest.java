package io.caravan.hub.connectors.tiktok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.params.provider.ValueSource;

class TiktokMapperTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TiktokMapper mapper = new TiktokMapper();

    @Test
    void shouldWriteTheActorsInput() throws Exception {
        mapper.setHashtags(" catmom, #cottagecore,catmom,, 猫 ");
        mapper.setResultsPerPage(12);
        assertThat(JSON.readValue(mapper.input(), Map.class))
                .isEqualTo(Map.of(
                        "hashtags",
                        List.of("catmom", "cottagecore", "猫"),
                        "resultsPerPage",
                        12,
                        "shouldDownloadVideos",
                        false,
                        "shouldDownloadCovers",
                        false,
                        "shouldDownloadSlideshowImages",
                        false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "cat mom", "catmom,https://example.com", "cat\"mom"})
    void shouldRefuseWhatIsNoHashtag(String list) {
        assertThatThrownBy(() -> mapper.setHashtags(list)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldAddUpTheVideosOfAHashtag() throws Exception {
        SignalBatch batch = map("""
                [{"id":"7530000000000000019","text":"First frog","createTimeISO":"2026-09-01T10:00:00.000Z",
                  "playCount":100,"shareCount":1,"commentCount":2,"collectCount":3,"diggCount":4,
                  "hashtags":[{"name":"FrogTok"},{"name":"frogtok"},{"name":""}]},
                 {"id":"7530000000000000020","text":"Second frog","createTimeISO":"2026-09-02T10:00:00.000Z",
                  "playCount":5000000000,"shareCount":10,"diggCount":40,"isSlideshow":true,
                  "hashtags":[{"name":"frogtok"},{"name":"rainyday"}]}]""");

        assertThat(batch.source()).isEqualTo("tiktok");
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.rejected()).isEmpty();
        assertThat(batch.signals()).hasSize(2);
        Signal frog = batch.signals().get(0);
        assertThat(frog.source()).isEqualTo("tiktok");
        assertThat(frog.externalId()).isEqualTo("frogtok|2026-09-02");
        assertThat(frog.keyword()).isEqualTo("FrogTok");
        assertThat(frog.unit()).isEqualTo(Volume.PLAYS);
        assertThat(frog.volume()).isEqualTo(5_000_000_100L);
        assertThat(frog.interactions()).isEqualTo(60);
        assertThat(frog.region()).isEmpty();
        assertThat(frog.context()).containsExactly("Second frog", "First frog");
        assertThat(frog.observedAt()).isEqualTo(Instant.parse("2026-09-02T10:00:00Z"));
        assertThat(batch.signals().get(1).keyword()).isEqualTo("rainyday");
        assertThat(batch.signals().get(1).volume()).isEqualTo(5_000_000_000L);
    }

    @Test
    void shouldKeepTwoIdsApartThatADoubleCannot() throws Exception {
        SignalBatch batch = map("""
                [{"id":"7530000000000000001","createTime":1756720800,"playCount":1,"hashtags":[{"name":"a"}]},
                 {"id":"7530000000000000002","createTime":1756720800,"playCount":1,"hashtags":[{"name":"a"}]}]""");
        assertThat(batch.rejected()).isEmpty();
        assertThat(batch.signals())
                .singleElement()
                .satisfies(signal -> assertThat(signal.volume()).isEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "error-row     | {'error':'This profile/hashtag does not exist.','input':'x','url':'u'}",
                "no-id         | {'createTime':1756720800,'hashtags':[{'name':'a'}]}",
                "no-date       | {'id':'9','createTimeISO':'yesterday','hashtags':[{'name':'a'}]}",
                "ad            | {'id':'9','createTime':1756720800,'isAd':true,'hashtags':[{'name':'a'}]}",
                "ad            | {'id':'9','createTime':1756720800,'isSponsored':true,'hashtags':[{'name':'a'}]}",
                "pinned-old    | {'id':'9','createTime':1600000000,'isPinned':true,'hashtags':[{'name':'a'}]}",
                "no-hashtag    | {'id':'9','createTime':1756720800,'hashtags':[]}",
                "no-hashtag    | {'id':'9','createTime':1756720800}",
                "empty-hashtag | {'id':'9','createTime':1756720800,'hashtags':[{'name':''},{'name':' # '},{}]}",
                "duplicate     | {'id':'1','createTime':1756720800,'hashtags':[{'name':'a'}]}",
                "not-an-item   | 'just text'",
                "no-id         | {}"
            })
    void shouldCountARowThatItLeavesOutByItsReason(String reason, String row) throws Exception {
        String good = "{'id':'1','createTime':1756720800,'playCount':7,'hashtags':[{'name':'good'}]}";
        String text = row.startsWith("{") ? row : "\"" + row + "\"";
        SignalBatch batch = map(("[" + good + "," + text + "]").replace('\'', '"'));
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.rejected()).isEqualTo(Map.of(reason, 1));
        assertThat(batch.signals()).extracting(Signal::keyword).containsExactly("good");
    }

    @Test
    void shouldKeepAPinnedVideoThatIsNotOld() throws Exception {
        SignalBatch batch = map("""
                [{"id":"1","createTime":1756720800,"isPinned":true,"hashtags":[{"name":"a"}]},
                 {"id":"2","createTime":1756807200,"hashtags":[{"name":"b"}]}]""");
        assertThat(batch.signals()).hasSize(2);
    }

    @Test
    void shouldTakeAnEmptyDatasetForAnEmptyBatch() throws Exception {
        assertThat(map("[]")).isEqualTo(new SignalBatch("tiktok", 0, List.of(), Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"hashtag_items_with_error_row_2024-09.json,15,1,0", "profile_videos_items_2025-07_a.json,20,0,1"})
    void shouldReadRecordedDatasets(String file, int atLeast, int errorRows, int ads) throws Exception {
        Path recording = Path.of(System.getProperty("shared.contracts"), "tiktok-apify/recordings", file);
        assumeTrue(Files.exists(recording), "no recordings on this machine");
        SignalBatch batch = map(Files.readString(recording));
        assertThat(batch.signals()).hasSizeGreaterThanOrEqualTo(atLeast).allSatisfy(signal -> {
            assertThat(signal.keyword()).doesNotContain("#").isNotBlank();
            assertThat(signal.volume()).isPositive();
        });
        assertThat(batch.rejected().getOrDefault("error-row", 0)).isEqualTo(errorRows);
        assertThat(batch.rejected().getOrDefault("ad", 0)).isEqualTo(ads);
        assertThat(batch.signals())
                .extracting(signal -> signal.keyword().toLowerCase(java.util.Locale.ROOT))
                .doesNotHaveDuplicates();
    }

    private SignalBatch map(String json) throws Exception {
        return mapper.signals(JSON.readValue(json, List.class));
    }
}
