package io.caravan.hub.connectors.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendGridEventMapperTest {

    private final SendGridEventMapper mapper = new SendGridEventMapper();

    @Test
    void shouldMapEveryField() {
        MailEvent event = map("[{\"email\":\" A@Example.com\",\"timestamp\":1461095250,\"event\":\"bounce\","
                        + "\"sg_event_id\":\"e1\",\"sg_message_id\":\"abc-12_3.filter0077p1las1.21536.5717FC482.0\","
                        + "\"reason\":\"550 no such user\",\"category\":[\"listing-live\",\"second\"],"
                        + "\"hub_message_id\":\"ref26\",\"tls\":1,\"new_field\":{\"x\":1}}]\r\n")
                .get(0);

        assertThat(event.eventId()).isEqualTo("e1");
        assertThat(event.messageId()).isEqualTo("abc-12_3");
        assertThat(event.hubMessageId()).isEqualTo("ref26");
        assertThat(event.kind()).isEqualTo("bounce");
        assertThat(event.emailHash())
                .hasSize(64)
                .isEqualTo(map("[{\"email\":\"a@example.com\"}]").get(0).emailHash());
        assertThat(event.at()).isEqualTo(Instant.parse("2016-04-19T19:47:30Z"));
        assertThat(event.reason()).isEqualTo("550 no such user");
        assertThat(event.categories()).containsExactly("listing-live", "second");
        assertThat(event.toString()).doesNotContainIgnoringCase("a@example.com");
    }

    @Test
    void shouldTakeACategoryThatIsAText() {
        assertThat(map("[{\"event\":\"open\",\"category\":\"one\"}]").get(0).categories())
                .containsExactly("one");
        assertThat(map("[{\"event\":\"open\"}]").get(0).categories()).isEmpty();
    }

    @Test
    void shouldTakeATimeThatNobodyWillSee() {
        assertThat(map("[{\"event\":\"open\",\"timestamp\":9223372036854775807}]")
                        .get(0)
                        .at())
                .isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void shouldKeepEventsItDoesNotKnow() {
        List<MailEvent> events = map("[{\"event\":\"teleported\",\"sg_event_id\":\"e1\"},{\"sg_event_id\":7},{}]");
        assertThat(events).extracting(MailEvent::kind).containsExactly("teleported", "unknown", "unknown");
        assertThat(events).extracting(MailEvent::eventId).containsExactly("e1", "7", "");
    }

    @Test
    void shouldKnowARepetitionUnderAnotherEventId() {
        String event =
                "{\"event\":\"open\",\"email\":\"a@example.com\",\"timestamp\":1461095250,\"sg_event_id\":\"e1\"}";
        MailEvent first = map("[" + event + "]").get(0);
        assertThat(map("[" + event.replace("e1", "e2") + "]").get(0).dedupeKey())
                .isEqualTo(first.dedupeKey());
        assertThat(map("[" + event.replace("250", "251") + "]").get(0).dedupeKey())
                .isNotEqualTo(first.dedupeKey());
        assertThat(map("[" + event.replace("open", "click") + "]").get(0).dedupeKey())
                .isNotEqualTo(first.dedupeKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "[{\"event\":", "[{\"event\":\"a\",\"event\":\"b\"}]", "[] []"})
    void shouldRefuseWhatIsNoArrayOfObjects(String body) {
        assertThatThrownBy(() -> map(body)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "event-processed,            processed, wrfRRvF7Q0GgwUo2CvDmEA, 1461095246, 2",
        "event-delivered,            delivered, wrfRRvF7Q0GgwUo2CvDmEA, 1461095250, 0",
        "event-open,                 open,      wrfRRvF7Q0GgwUo2CvDmEA, 1461095250, 0",
        "event-click,                click,     _fjPjuJfRW-IPs5SuvYotg, 1461095250, 0",
        "event-bounce,               bounce,    Lli-03HcQ5-JLybO9fXsJg, 1461095250, 0",
        "event-dropped-unsubscribed, dropped,   '',                     1461095250, 0"
    })
    void shouldReadRecordedEvents(String name, String kind, String messageId, long at, int categories)
            throws Exception {
        byte[] raw = Recordings.JSON.writeValueAsBytes(Recordings.read(name).at("/webhook/body"));
        assertThat(mapper.events(raw)).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(kind);
            assertThat(event.messageId()).isEqualTo(messageId);
            assertThat(event.at().getEpochSecond()).isEqualTo(at);
            assertThat(event.categories()).hasSize(categories);
            assertThat(event.eventId()).isNotEmpty();
            assertThat(event.emailHash()).hasSize(64);
        });
    }

    private List<MailEvent> map(String body) {
        return mapper.events(body.getBytes(StandardCharsets.UTF_8));
    }
}
