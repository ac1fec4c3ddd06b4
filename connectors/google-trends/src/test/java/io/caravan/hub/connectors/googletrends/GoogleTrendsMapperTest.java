package io.caravan.hub.connectors.googletrends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Volume;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleTrendsMapperTest {

    private final GoogleTrendsMapper mapper = new GoogleTrendsMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://trends.google.com/trending/rss",
                "https://trends.google.com/trends/trendingsearches/daily"
            })
    void shouldReadBothNamespaces(String namespace) {
        mapper.setGeo("KR");
        Signal signal = map("<rss xmlns:ht='" + namespace + "'><channel><item><title>moss &nbsp;terrarium</title>"
                        + "<ht:approx_traffic>2,000+</ht:approx_traffic>"
                        + "<pubDate>Wed, 02 Sep 2026 01:10:00 -0700</pubDate>"
                        + "<ht:news_item><ht:news_item_title>Moss in a jar</ht:news_item_title></ht:news_item>"
                        + "</item></channel></rss>")
                .signals()
                .get(0);

        assertThat(signal.source()).isEqualTo("google-trends");
        assertThat(signal.keyword()).isEqualTo("moss terrarium");
        assertThat(signal.externalId()).isEqualTo("KR|2026-09-02|moss terrarium");
        assertThat(signal.unit()).isEqualTo(Volume.SEARCHES);
        assertThat(signal.volume()).isEqualTo(2000);
        assertThat(signal.interactions()).isZero();
        assertThat(signal.region()).isEqualTo("KR");
        assertThat(signal.context()).containsExactly("Moss in a jar");
        assertThat(signal.observedAt()).isEqualTo(Instant.parse("2026-09-02T08:10:00Z"));
    }

    @Test
    void shouldCountWhatItLeavesOutByReason() {
        SignalBatch batch = map(
                "<rss><channel><item><title></title><pubDate>Wed, 02 Sep 2026 01:10:00 -0700</pubDate></item>"
                        + "<item><title>no date</title></item>"
                        + "<item><title>fine</title><pubDate>Wed, 02 Sep 2026 01:10:00 -0700</pubDate></item></channel></rss>");
        assertThat(batch.rows()).isEqualTo(3);
        assertThat(batch.signals()).hasSize(1);
        assertThat(batch.rejected()).isEqualTo(Map.of("no-title", 1, "no-date", 1));
    }

    @ParameterizedTest
    @CsvSource({"'20,000+',20000", "200+,200", "100K+,100000", "2M+,2000000", "1.5M+,1500000", "'',-1", "many,-1"})
    void shouldReadAllShapesOfTraffic(String text, long searches) {
        OptionalLong expected = searches < 0 ? OptionalLong.empty() : OptionalLong.of(searches);
        assertThat(Traffic.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"rss_daily_us_2024-06-20.xml,9", "rss_trending_kr_2026-09-02_trimmed.xml,1"})
    void shouldReadRecordedFeeds(String file, int atLeast) throws Exception {
        Path recording = Path.of(System.getProperty("shared.contracts"), "google-trends/recordings", file);
        assumeTrue(Files.exists(recording), "no recordings on this machine");
        SignalBatch batch = mapper.signals(Files.readAllBytes(recording));
        assertThat(batch.signals()).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(batch.signals())
                .allSatisfy(signal -> assertThat(signal.volume()).isPositive());
        assertThat(batch.signals().size()
                        + batch.rejected().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                .isEqualTo(batch.rows());
    }

    private SignalBatch map(String feed) {
        return mapper.signals(feed.getBytes(StandardCharsets.UTF_8));
    }
}
