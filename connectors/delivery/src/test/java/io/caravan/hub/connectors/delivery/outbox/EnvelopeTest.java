package io.caravan.hub.connectors.delivery.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.model.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {

    private static final String HERE = "01here";

    private static final Event EVENT = new Event(
            "01jd3x5r8m0p7q2w4e6t9yabcd",
            new AccountId("acme"),
            "listing.live",
            "listing 17",
            Instant.parse("2026-11-20T19:04:11.532Z"),
            "{\"price\":1999,\"tags\":[\"a\",null],\"title\":\"Otter \\\"Ö\\\"\"}",
            "trace",
            "job",
            "work");

    private static byte[] bytes(Map<String, Object> envelope) {
        return Json.write(envelope).getBytes(StandardCharsets.UTF_8);
    }

    private static Event read(byte @Nullable [] record) throws UnreadableEvent {
        return Envelope.read(record, "listing.live", HERE);
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        assertThat(read(bytes(Envelope.of(EVENT, HERE)))).isEqualTo(EVENT);
        Event bare = new Event(
                EVENT.id(), EVENT.account(), EVENT.topic(), EVENT.key(), EVENT.time(), "{}", null, null, null);
        assertThat(read(bytes(Envelope.of(bare, HERE)))).isEqualTo(bare);
    }

    @Test
    void shouldIgnoreAttributesThatALaterVersionMayAdd() throws Exception {
        Map<String, Object> envelope = Envelope.of(EVENT, HERE);
        envelope.put("sequence", "17");
        assertThat(read(bytes(envelope))).isEqualTo(EVENT);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "specversion, 0.3, no CloudEvents envelope",
                "specversion, null, no CloudEvents envelope",
                "source, urn:caravan:there, of another installation",
                "type, trend.scored, of another topic",
                "id, a/b, id must be",
                "id, null, id is missing",
                "account, null, account is missing",
                "account, a|b, account must be",
                "subject, ' ', subject must not be blank",
                "time, soon, could not be parsed",
                "jobid, 0123456789012345678901234567, jobid must have at most 26",
                "causeid, ../x, causeid must be",
                "data, text, data is no JSON object",
                "data, null, data is no JSON object",
            })
    void shouldSayWhatIsWrong(String name, @Nullable String value, String why) {
        Map<String, Object> envelope = Envelope.of(EVENT, HERE);
        if (value == null) {
            envelope.remove(name);
        } else {
            envelope.put(name, value);
        }
        assertThatThrownBy(() -> read(bytes(envelope)))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining(why);
    }

    @Test
    void shouldRefuseWhatTheDatabaseCouldNotHold() {
        Map<String, Object> control = Envelope.of(EVENT, HERE);
        control.put("subject", "a\u0000b");
        assertThatThrownBy(() -> read(bytes(control))).hasMessageContaining("control characters");
        Map<String, Object> large = Envelope.of(EVENT, HERE);
        large.put("data", Map.of("x", "x".repeat(Envelope.LARGEST)));
        assertThatThrownBy(() -> read(bytes(large))).hasMessageContaining("more than");
        // a number of five characters may be written with eight
        String grows = new String(bytes(Envelope.of(EVENT, HERE)), StandardCharsets.UTF_8)
                .replace("1999", "[" + "1e5,".repeat(200_000) + "1]");
        assertThatThrownBy(() -> read(grows.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("characters, more than");
        assertThatThrownBy(() -> read(null)).hasMessageContaining("tombstone");
        assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("empty");
        assertThatThrownBy(() -> read(new byte[] {(byte) 0xff})).hasMessageContaining("UTF-8");
        String deep = "[".repeat(5_000);
        assertThatThrownBy(() -> read(("{\"data\":" + deep).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> read("[]".getBytes(StandardCharsets.UTF_8))).isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> read("null".getBytes(StandardCharsets.UTF_8))).isInstanceOf(UnreadableEvent.class);
    }

    @Test
    void shouldLeaveOutAPayloadThatNoRecordCanHold() {
        Event large = new Event(
                EVENT.id(),
                EVENT.account(),
                EVENT.topic(),
                EVENT.key(),
                EVENT.time(),
                "{\"x\":\"" + "x".repeat(Envelope.LARGEST) + "\"}",
                null,
                null,
                null);
        assertThat(Envelope.of(large, HERE)).containsEntry("data", null);
        assertThat(Objects.requireNonNull(Envelope.of(EVENT, HERE).get("data"))).isInstanceOf(Map.class);
    }
}
