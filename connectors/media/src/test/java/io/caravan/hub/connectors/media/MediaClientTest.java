package io.caravan.hub.connectors.media;

import static io.caravan.hub.connectors.media.RawServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MediaClientTest {

    /** Half of the default patience; what an attacker may hold a thread for, and the machine's own slowness. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    private static final Duration AT_MOST = Duration.ofSeconds(15);

    private final AtomicInteger resolved = new AtomicInteger();

    private InetAddress[] loopback(String host) throws IOException {
        resolved.incrementAndGet();
        return host.startsWith("127.")
                ? new InetAddress[] {InetAddress.getByName(host)}
                : new InetAddress[] {InetAddress.getByName("127.0.0.1")};
    }

    /** Patient enough for a busy machine, for all that is to succeed or to fail in another way. */
    private MediaClient client(RawServer server) {
        return client(server, Duration.ofSeconds(20));
    }

    private MediaClient client(RawServer server, Duration patience) {
        return new MediaClient(
                new MediaSettings(
                        Set.of("pictures.example.com:" + server.port()),
                        patience,
                        Duration.ofSeconds(60),
                        32_768,
                        100_000,
                        40_000_000,
                        2_048,
                        2),
                host -> {
                    try {
                        return loopback(host);
                    } catch (IOException e) {
                        throw new java.net.UnknownHostException(host);
                    }
                });
    }

    private static String url(RawServer server, String path) {
        return "http://pictures.example.com:" + server.port() + path;
    }

    @Test
    void shouldFetchFromTheAddressThatWasCheckedResolvingItOnce() throws Exception {
        try (RawServer server = new RawServer((path, out) -> {
                    head(out, "200 OK", "Content-Length: 5");
                    out.write("bytes".getBytes(StandardCharsets.US_ASCII));
                });
                MediaClient client = client(server)) {
            assertThat(client.fetch(url(server, "/a.png?x=1"))).asString().isEqualTo("bytes");
            assertThat(resolved).hasValue(1);
            assertThat(server.seen())
                    .containsExactly("GET /a.png?x=1 HTTP/1.1", "Host: pictures.example.com:" + server.port());
        }
    }

    @Test
    void shouldFollowTwoRedirectsAndCheckEach() throws Exception {
        try (RawServer server = new RawServer((path, out) -> {
                    int left = Integer.parseInt(path.substring(1));
                    if (left == 0) {
                        head(out, "200 OK", "Content-Length: 2");
                        out.write("ok".getBytes(StandardCharsets.US_ASCII));
                    } else {
                        head(out, "302 Found", "Location: /" + (left - 1), "Set-Cookie: a=b", "Content-Length: 0");
                    }
                });
                MediaClient client = client(server)) {
            assertThat(client.fetch(url(server, "/2"))).asString().isEqualTo("ok");
            assertThat(resolved).hasValue(3);
            assertThat(server.seen()).noneMatch(line -> line.startsWith("Cookie"));

            assertThat(refusal(client, url(server, "/3")).code()).isEqualTo("redirects");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/iam",
                "//10.0.0.1/a.png",
                "http://2130706433/",
                "http://[::1]/a.png",
                "http://localhost/a.png",
                "http://metadata.google.internal/",
                "file:///etc/passwd",
                "http://a@pictures.example.com/",
                "http://pictures.example.com:1/",
                "gopher://pictures.example.com/",
                "http://exa mple.com/",
            })
    void shouldNotBeLedInside(String location) throws Exception {
        try (RawServer server = new RawServer((path, out) ->
                        head(out, "301 Moved Permanently", "Location: " + location, "Content-Length: 0"));
                MediaClient client = client(server)) {
            VendorException refusal = refusal(client, url(server, "/"));

            assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
            assertThat(refusal.code()).isIn("private-address", "bad-url");
            assertThat(server.seen()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "headers", "body", "after-redirect"})
    void shouldHangUpOnAServerThatDrips(String where) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = new RawServer((path, out) -> {
                    if (where.equals("after-redirect") && path.equals("/")) {
                        head(out, "302 Found", "Location: /next", "Content-Length: 0");
                        return;
                    }
                    if (where.equals("headers")) {
                        out.write("HTTP/1.1 200 OK\r\nX-A: ".getBytes(StandardCharsets.US_ASCII));
                    } else if (!where.equals("silent")) {
                        head(out, "200 OK", "Content-Length: 90000");
                    }
                    while (!end.await(100, TimeUnit.MILLISECONDS)) {
                        if (!where.equals("silent")) {
                            out.write('x');
                            out.flush();
                        }
                    }
                });
                MediaClient client = client(server, PATIENCE)) {
            long start = System.nanoTime();

            VendorException refusal = refusal(client, url(server, "/"));

            assertThat(refusal.kind()).isEqualTo(ErrorKind.TRANSIENT);
            assertThat(refusal.code()).isEqualTo("time-out");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(PATIENCE.dividedBy(2), AT_MOST);
        } finally {
            end.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 200000", "X-No: length"})
    void shouldStopAtTheSizeCapWhetherToldOrNot(String header) throws Exception {
        AtomicInteger sent = new AtomicInteger();
        try (RawServer server = new RawServer((path, out) -> {
                    head(out, "200 OK", header, "Content-Type: image/png");
                    byte[] block = new byte[10_000];
                    // endless, until the client hangs up
                    while (sent.get() < 500_000_000) {
                        out.write(block);
                        sent.addAndGet(block.length);
                    }
                });
                MediaClient client = client(server)) {
            VendorException refusal = refusal(client, url(server, "/"));

            assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
            assertThat(refusal.code()).isEqualTo("too-large");
        }
        assertThat(sent.get()).isLessThan(100_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "404 Not Found, GONE, http-404",
        "410 Gone, GONE, http-410",
        "403 Forbidden, REJECTED, http-403",
        "429 Too Many, RATE_LIMITED, http-429",
        "503 Down, TRANSIENT, http-503",
        "304 Not Modified, REJECTED, redirects",
        "204 Empty, REJECTED, http-204",
    })
    void shouldSortAnswersByWhatTheyMean(String status, ErrorKind kind, String code) throws Exception {
        try (RawServer server = new RawServer((path, out) -> head(out, status, "Retry-After: 7", "Content-Length: 0"));
                MediaClient client = client(server)) {
            VendorException refusal = refusal(client, url(server, "/"));

            assertThat(refusal.kind()).isEqualTo(kind);
            assertThat(refusal.code()).isEqualTo(code);
            if (kind == ErrorKind.RATE_LIMITED) {
                assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7));
            }
        }
    }

    @Test
    void shouldTakeACutAnswerForTransient() throws Exception {
        try (RawServer server = new RawServer((path, out) -> {
                    head(out, "200 OK", "Content-Length: 5000");
                    out.write(new byte[100]);
                });
                MediaClient client = client(server)) {
            assertThat(refusal(client, url(server, "/")).kind()).isEqualTo(ErrorKind.TRANSIENT);
        }
    }

    @Test
    void shouldNotUnpackWhatIsPacked() throws Exception {
        try (RawServer server = new RawServer((path, out) -> {
                    head(out, "200 OK", "Content-Encoding: gzip", "Content-Length: 3");
                    out.write(new byte[] {0x1f, (byte) 0x8b, 8});
                });
                MediaClient client = client(server)) {
            assertThat(client.fetch(url(server, "/"))).containsExactly(0x1f, 0x8b, 8);
        }
    }

    @Test
    void shouldSayNotSentWhenNobodyListens() throws Exception {
        RawServer server = new RawServer((path, out) -> {});
        server.close();
        try (MediaClient client = client(server)) {
            assertThat(refusal(client, url(server, "/")).kind()).isEqualTo(ErrorKind.NOT_SENT);
        }
    }

    private static VendorException refusal(MediaClient client, String url) {
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> client.fetch(url));
        assertThat(refusal).as("must be refused").isNotNull();
        return refusal;
    }
}
