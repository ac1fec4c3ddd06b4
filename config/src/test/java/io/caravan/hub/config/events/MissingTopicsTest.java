package io.caravan.hub.config.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MissingTopicsTest {

    private static final String TOPIC = "hub.listing.live.v1";

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final MissingTopics topics = new MissingTopics(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void shouldLetOneEventLookInAWhileAndTheOthersWaitTheLongerTheTopicIsMissing() {
        assertThat(topics.pause(TOPIC)).isEmpty();
        topics.missing(TOPIC);
        assertThat(topics.pause(TOPIC)).contains(MissingTopics.LOOK);
        assertThat(topics.pause("hub.another.v1")).isEmpty();

        now = now.plus(MissingTopics.LOOK);
        assertThat(topics.pause(TOPIC)).as("the one that looks").isEmpty();
        assertThat(topics.pause(TOPIC)).contains(MissingTopics.LOOK);

        now = now.plus(Duration.ofHours(3));
        assertThat(topics.pause(TOPIC)).isEmpty();
        topics.missing(TOPIC);
        for (int i = 0; i < 1_000; i++) {
            assertThat(topics.pause(TOPIC).orElseThrow()).isBetween(MissingTopics.LOOK, MissingTopics.LONGEST);
        }
        assertThat(topics.names()).containsExactly(TOPIC);
    }

    @Test
    void shouldSendAgainAtOnceWhenTheTopicIsThere() {
        topics.missing(TOPIC);
        topics.there(TOPIC);
        assertThat(topics.pause(TOPIC)).isEmpty();
        assertThat(topics.names()).isEmpty();
    }
}
