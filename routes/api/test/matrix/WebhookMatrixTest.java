package io.caravan.hub.routes.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.routes.api.matrix.Endpoints.Door;
import io.caravan.hub.routes.api.matrix.MatrixHub.Answer;
import io.caravan.hub.routes.api.matrix.Webhooks.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What senders of webhooks and those who pretend to be one do, to each webhook that there is. */
class WebhookMatrixTest {

    private final MatrixHub hub = MatrixHub.shared();
    private final List<String> wrong = new ArrayList<>();
    private int cases;

    /** One webhook as its sender sees it. */
    private interface Source {
        String path();

        /** An event of its own; {@code more} is in it and means nothing. */
        byte[] event(String id, String more);

        Map<String, String> signed(Secret secret, String id, Instant at, byte[] raw);

        /** How old a signature may be. */
        Duration tolerance();

        /** How often the event had an effect for the account. */
        long effects(String account, String id, byte[] raw);
    }

    private final Source scorer = new Source() {
        @Override
        public String path() {
            return "/api/v1/webhooks/product-scored";
        }

        @Override
        public byte[] event(String id, String more) {
            return ("{\"supplier\":\"aliexpress\",\"product_id\":\"1005000000000104\",\"score\":1,\"reasons\":[\""
                            + more + "\"]}")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Map<String, String> signed(Secret secret, String id, Instant at, byte[] raw) {
            return hub.webhooks.scorer(secret, id, at, raw);
        }

        @Override
        public Duration tolerance() {
            return Duration.ofMinutes(5);
        }

        @Override
        public long effects(String account, String id, byte[] raw) {
            return hub.hub.count(
                    "select count(*) from import_decision where account = ? and event_id = ?", account, id);
        }
    };

    private final Source sendgrid = new Source() {
        @Override
        public String path() {
            return "/api/v1/webhooks/sendgrid";
        }

        @Override
        public byte[] event(String id, String more) {
            return ("[{\"event\":\"open\",\"sg_event_id\":\"" + id + "\",\"timestamp\":1777885200,\"useragent\":\""
                            + more + "\"}]")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Map<String, String> signed(Secret secret, String id, Instant at, byte[] raw) {
            return hub.webhooks.sendgrid(secret, at, raw);
        }

        /** SendGrid repeats for a day and does not say whether it signs anew. */
        @Override
        public Duration tolerance() {
            return Duration.ofHours(25);
        }

        @Override
        public long effects(String account, String id, byte[] raw) {
            return hub.hub.count(
                    "select count(*) from inbox where source = 'sendgrid' and tenant_id = ? and event_id = ?",
                    account,
                    sha256(raw));
        }
    };

    private final List<Source> sources = List.of(scorer, sendgrid);

    @Test
    void shouldHaveCasesForEveryWebhookThatThereIs() {
        Set<String> there = new TreeSet<>();
        Endpoints.of(hub.hub).stream()
                .map(Endpoints.Endpoint::pattern)
                .filter(pattern -> pattern.contains("webhook") && !pattern.endsWith("{*matchOnUriPrefix}"))
                .forEach(there::add);
        MatrixHub.contract()
                .getPaths()
                .forEach((path, item) -> item.readOperations().stream()
                        .filter(operation ->
                                "public".equals(operation.getExtensions().get("x-hub-role")))
                        .forEach(operation -> there.add(path)));
        assertThat(sources.stream().map(Source::path)).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void shouldTakeWhatIsSignedOnceAndNothingElse() throws Exception {
        for (Source source : sources) {
            timely(source);
            forged(source);
            odd(source);
            slow(source);
        }
        System.out.println(
                "webhook matrix: " + sources.size() + " sources, " + cases + " cases, " + wrong.size() + " wrong");
        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThanOrEqualTo(20 * sources.size());
    }

    private void timely(Source source) {
        Instant now = Instant.now();
        Duration late = source.tolerance().plusMinutes(5);
        taken(source, "valid", 1, Secret.CURRENT, now);
        taken(source, "twice", 2, Secret.CURRENT, now);
        taken(source, "sixteen at once", 16, Secret.CURRENT, now);
        taken(source, "signed with the secret that is being replaced", 1, Secret.ROTATED, now);
        taken(
                source,
                "a little old",
                1,
                Secret.CURRENT,
                now.minus(source.tolerance()).plusSeconds(30));
        taken(source, "a little ahead", 1, Secret.CURRENT, now.plusSeconds(60));
        refused(source, "too old", Secret.CURRENT, now.minus(late));
        refused(source, "ahead", Secret.CURRENT, now.plus(late));
        refused(source, "31 days old", Secret.CURRENT, now.minus(Duration.ofDays(31)));
        refused(source, "signed with a secret that is gone", Secret.GONE, now);
        reversed(source, now);
        replayed(source, now.minus(Duration.ofDays(31)));
    }

    /** Sends the same event so many times at once; whatever is answered, it has one effect. */
    private void taken(Source source, String what, int times, Secret secret, Instant at) {
        String id = MatrixHub.newKey();
        byte[] raw = source.event(id, what);
        List<CompletableFuture<Answer>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(CompletableFuture.supplyAsync(() -> send(source, source.signed(secret, id, at, raw), raw)));
        }
        List<Integer> statuses = all.stream().map(one -> one.join().status()).toList();
        check(source, what, "is taken " + statuses, statuses.stream().anyMatch(status -> status / 100 == 2));
        check(
                source,
                what,
                "is taken or asked to come again " + statuses,
                statuses.stream().allMatch(status -> status / 100 == 2 || (times > 1 && status == 409)));
        check(source, what, "has one effect", source.effects("default", id, raw) == 1);
        check(source, what, "has none for others", source.effects(MatrixHub.OTHER, id, raw) == 0);
        cases++;
    }

    private void refused(Source source, String what, Secret secret, Instant at) {
        String id = MatrixHub.newKey();
        byte[] raw = source.event(id, what);
        turnedAway(source, what, id, raw, source.signed(secret, id, at, raw), Set.of(401));
    }

    private void turnedAway(
            Source source, String what, String id, byte[] raw, Map<String, String> headers, Set<Integer> how) {
        Answer answer = send(source, headers, raw);
        check(source, what, "is refused: " + answer.status() + answer.text(), how.contains(answer.status()));
        for (String account : List.of("default", MatrixHub.OTHER)) {
            check(source, what, "has no effect", source.effects(account, id, raw) == 0);
        }
        cases++;
    }

    /** The later of two first. */
    private void reversed(Source source, Instant now) {
        Map<String, byte[]> events = new LinkedHashMap<>();
        List.of("later", "earlier").forEach(when -> {
            String id = MatrixHub.newKey();
            byte[] raw = source.event(id, when);
            Instant at = when.equals("later") ? now : now.minusSeconds(100);
            check(
                    source,
                    "reversed",
                    when + " is taken",
                    send(source, source.signed(Secret.CURRENT, id, at, raw), raw)
                                            .status()
                                    / 100
                            == 2);
            events.put(id, raw);
        });
        events.forEach(
                (id, raw) -> check(source, "reversed", "each has one effect", source.effects("default", id, raw) == 1));
        cases++;
    }

    /** What was taken once comes again after the id may be forgotten. */
    private void replayed(Source source, Instant then) {
        String id = MatrixHub.newKey();
        byte[] raw = source.event(id, "replayed");
        send(source, source.signed(Secret.CURRENT, id, Instant.now(), raw), raw);
        Answer again = send(source, source.signed(Secret.CURRENT, id, then, raw), raw);
        check(source, "replayed", "is refused", again.status() == 401);
        check(source, "replayed", "has one effect", source.effects("default", id, raw) == 1);
        cases++;
    }

    private void forged(Source source) {
        Instant now = Instant.now();
        String id = MatrixHub.newKey();
        byte[] raw = source.event(id, "forged");
        Map<String, String> right = source.signed(Secret.CURRENT, id, now, raw);
        turnedAway(source, "no signature", id, raw, Map.of(), Set.of(401));
        Map<String, String> bad = new LinkedHashMap<>(right);
        bad.replaceAll(
                (name, value) -> name.toLowerCase(java.util.Locale.ROOT).contains("signature") ? "v1,AAAA" : value);
        turnedAway(source, "bad signature", id, raw, bad, Set.of(401));
        byte[] changed = raw.clone();
        changed[raw.length - 4] ^= 1;
        turnedAway(source, "one byte changed", id, changed, right, Set.of(401));
        Map<String, String> other = new LinkedHashMap<>(right);
        other.replaceAll((name, value) -> name.endsWith("imestamp") ? String.valueOf(now.getEpochSecond() - 1) : value);
        turnedAway(source, "another time than the signed one", id, raw, other, Set.of(401));
        Map<String, String> keyed = new LinkedHashMap<>(hub.bearer("admin"));
        turnedAway(source, "a key instead of a signature", id, raw, keyed, Set.of(401));

        // the other account's secret: its own event, whoever's key comes along
        Map<String, String> foreign = new LinkedHashMap<>(hub.bearer("admin"));
        foreign.putAll(source.signed(Secret.OTHER_ACCOUNT, id, now, raw));
        check(
                source,
                "another account's secret",
                "is taken",
                send(source, foreign, raw).status() / 100 == 2);
        check(source, "another account's secret", "is the other's", source.effects(MatrixHub.OTHER, id, raw) == 1);
        check(source, "another account's secret", "is not ours", source.effects("default", id, raw) == 0);
        cases++;
    }

    private void odd(Source source) {
        turnedAway(
                source,
                "2 MB",
                "none",
                new byte[2_000_000],
                signed(source, new byte[2_000_000], Map.of()),
                Set.of(413));
        for (Charset charset : List.of(StandardCharsets.UTF_16, Charset.forName("IBM1047"))) {
            String id = MatrixHub.newKey();
            byte[] raw = new String(source.event(id, "charset"), StandardCharsets.UTF_8).getBytes(charset);
            Map<String, String> headers =
                    signed(source, raw, Map.of("Content-Type", "application/json;charset=" + charset));
            survived(source, "written in " + charset, raw, headers);
        }
        String id = MatrixHub.newKey();
        byte[] raw = source.event(id, "type");
        survived(source, "another content type", raw, signed(source, raw, Map.of("Content-Type", "text/plain")));
        byte[] unknown = source == scorer
                ? "{\"type\":\"order.paid\",\"score\":1}".getBytes(StandardCharsets.UTF_8)
                : "[{\"event\":\"teleported\",\"sg_event_id\":\"u1\"}]".getBytes(StandardCharsets.UTF_8);
        survived(source, "a type that nobody knows", unknown, signed(source, unknown, Map.of()));
        byte[] absent = source == scorer
                ? "{\"supplier\":\"aliexpress\",\"product_id\":\"1005999999999999\",\"score\":1}"
                        .getBytes(StandardCharsets.UTF_8)
                : "[{\"event\":\"delivered\",\"sg_event_id\":\"u2\",\"sg_message_id\":\"never-sent\",\"hub_reference\":\"zz\"}]"
                        .getBytes(StandardCharsets.UTF_8);
        survived(source, "about an object that is not here, or not yet", absent, signed(source, absent, Map.of()));
        for (String garbage : List.of("", "null", "[[[[", "{}", "[]", "\u0000", "{\"score\":1e999}", "[1,2]")) {
            byte[] bytes = garbage.getBytes(StandardCharsets.UTF_8);
            survived(source, "garbage " + garbage, bytes, signed(source, bytes, Map.of()));
        }
        Map<String, String> injected = new LinkedHashMap<>();
        for (String name :
                List.of("CamelHttpUri", "CamelHttpMethod", "kafka.OVERRIDE_TOPIC", "To", "account", "X-Account")) {
            injected.put(name, MatrixHub.OTHER);
        }
        String injectedId = MatrixHub.newKey();
        byte[] event = source.event(injectedId, "injected");
        injected.putAll(source.signed(Secret.CURRENT, injectedId, Instant.now(), event));
        check(
                source,
                "injection headers",
                "is taken",
                send(source, injected, event).status() / 100 == 2);
        check(source, "injection headers", "is ours", source.effects("default", injectedId, event) == 1);
        check(source, "injection headers", "is not theirs", source.effects(MatrixHub.OTHER, injectedId, event) == 0);
        cases++;
    }

    private Map<String, String> signed(Source source, byte[] raw, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.putAll(source.signed(Secret.CURRENT, MatrixHub.newKey(), Instant.now(), raw));
        return headers;
    }

    /** Signed rightly, so that it may be taken or refused; it is no fault of ours, and tells nothing. */
    private void survived(Source source, String what, byte[] raw, Map<String, String> headers) {
        Answer answer = send(source, headers, raw);
        check(source, what, "is no fault of ours: " + answer.status() + answer.text(), answer.status() < 500);
        check(
                source,
                what,
                "tells nothing of the inside: " + answer.text(),
                answer.status() < 400
                        || !AuthorisationMatrixTest.INSIDE
                                .matcher(answer.text())
                                .find());
        cases++;
    }

    /** Requests whose bodies never come do not keep others from being served. */
    private void slow(Source source) throws IOException {
        URI uri = hub.hub.address(source.path());
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                Socket socket = new Socket(uri.getHost(), uri.getPort());
                sockets.add(socket);
                OutputStream out = socket.getOutputStream();
                out.write(("POST " + source.path() + " HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 1000\r\n\r\n[")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            taken(source, "beside thirty that never end", 1, Secret.CURRENT, Instant.now());
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private Answer send(Source source, Map<String, String> headers, byte[] raw) {
        return hub.send(Door.API, "POST", source.path(), headers, raw);
    }

    private void check(Source source, String what, String claim, boolean right) {
        if (!right) {
            synchronized (wrong) {
                wrong.add(source.path() + ", " + what + ": " + claim);
            }
        }
    }

    private static String sha256(byte[] raw) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
