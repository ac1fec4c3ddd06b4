package io.caravan.hub.connectors.media;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Fetches bytes from the public net: no cookies, no credentials, no proxy, no retries, at most two redirects, each checked
 * like the first address; bounded in size while it streams and in time by a watch that does not depend on the socket.
 */
final class MediaClient implements AutoCloseable {

    private static final int MOST_REDIRECTS = 2;
    private static final int WATCH_MILLIS = 50;

    private final MediaSettings settings;
    private final Guard guard;
    private final CloseableHttpClient http;
    private final ScheduledExecutorService watch;

    MediaClient(MediaSettings settings, Resolver resolver) {
        this.settings = settings;
        this.guard = new Guard(resolver);
        this.http = client(settings);
        this.watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "media-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * @return the bytes behind the address, not yet looked at
     * @throws VendorException REJECTED {@code bad-url}, {@code private-address}, {@code redirects}, {@code too-large},
     *     {@code http-4xx}; GONE; RATE_LIMITED; NOT_SENT; TRANSIENT {@code time-out}, {@code http-5xx}, {@code reset}
     */
    byte[] fetch(String url) {
        Meter meter = new Meter(settings);
        String next = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Target target = Target.of(next, settings.allow());
            HttpHost host = guard.pin(target);
            Answer answer = ask(host, target.uri(), meter);
            if (answer.location() == null) {
                return answer.bytes();
            }
            next = absolute(target.uri(), answer.location());
        }
        throw Refusal.rejected("redirects", "the address leads on more than " + MOST_REDIRECTS + " times");
    }

    private record Answer(byte[] bytes, @Nullable String location) {}

    private Answer ask(HttpHost host, URI uri, Meter meter) {
        HttpGet request = new HttpGet(uri);
        request.setHeader("Accept", "image/webp,image/png,image/jpeg,image/gif;q=0.8");
        ScheduledFuture<?> watching = watch.scheduleWithFixedDelay(
                () -> {
                    if (meter.late()) {
                        request.cancel();
                    }
                },
                WATCH_MILLIS,
                WATCH_MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            return http.execute(host, request, response -> {
                try {
                    return read(host.getHostName(), response, meter);
                } catch (VendorException | IOException e) {
                    // else the client would read the rest of a hostile answer before it lets go
                    request.cancel();
                    throw e;
                }
            });
        } catch (IOException e) {
            if (meter.late() || e instanceof java.io.InterruptedIOException) {
                throw meter.timeOut(e);
            }
            throw transport(host.getHostName(), e);
        } finally {
            watching.cancel(false);
        }
    }

    private Answer read(String host, ClassicHttpResponse response, Meter meter) throws IOException {
        int status = response.getCode();
        if (status >= 300 && status < 400) {
            Header location = response.getFirstHeader("Location");
            if (location == null || status == 304) {
                throw Refusal.rejected("redirects", host + " answered " + status + " without saying where to");
            }
            return new Answer(new byte[0], location.getValue());
        }
        if (status != 200) {
            throw status(host, status, response);
        }
        if (response.getEntity() == null) {
            return new Answer(new byte[0], null);
        }
        if (response.getEntity().getContentLength() > settings.maxBytes()) {
            throw meter.tooLarge();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = response.getEntity().getContent()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                meter.add(count);
                bytes.write(buffer, 0, count);
            }
        }
        return new Answer(bytes.toByteArray(), null);
    }

    private static VendorException status(String host, int status, ClassicHttpResponse response) {
        String code = "http-" + status;
        String message = host + " answered " + status;
        return switch (status) {
            case 404, 410 -> Refusal.of(ErrorKind.GONE, code, status, message, null, null);
            case 429 -> Refusal.of(ErrorKind.RATE_LIMITED, code, status, message, wait(response), null);
            case 408, 425 -> Refusal.of(ErrorKind.TRANSIENT, code, status, message, null, null);
            default ->
                Refusal.of(status >= 500 ? ErrorKind.TRANSIENT : ErrorKind.REJECTED, code, status, message, null, null);
        };
    }

    private static @Nullable Duration wait(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        return header != null && header.getValue().matches("[0-9]{1,5}")
                ? Duration.ofSeconds(Long.parseLong(header.getValue()))
                : null;
    }

    private static String absolute(URI from, String location) {
        try {
            return from.resolve(location).toString();
        } catch (IllegalArgumentException e) {
            throw Refusal.rejected("bad-url", "it leads on to an address that cannot be read");
        }
    }

    private static VendorException transport(String host, IOException failure) {
        boolean notSent = failure instanceof java.net.ConnectException
                || failure instanceof org.apache.hc.client5.http.ConnectTimeoutException
                || failure instanceof javax.net.ssl.SSLException;
        return Refusal.of(
                notSent ? ErrorKind.NOT_SENT : ErrorKind.TRANSIENT,
                notSent ? "connect" : "reset",
                0,
                host + (notSent ? " cannot be connected to" : " broke off"),
                null,
                failure);
    }

    private static CloseableHttpClient client(MediaSettings settings) {
        Timeout patience = Timeout.of(settings.patience());
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new NoNames())
                        .setMaxConnPerRoute(8)
                        .setMaxConnTotal(64)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(patience)
                                .setSocketTimeout(patience)
                                .setTimeToLive(TimeValue.ofSeconds(30))
                                .build())
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setHandshakeTimeout(patience).build())
                        .setDefaultSocketConfig(
                                SocketConfig.custom().setSoTimeout(patience).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(patience)
                        .setConnectionRequestTimeout(patience)
                        .setRedirectsEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                // a small answer that unpacks to a large one would pass the size cap of the wire
                .disableContentCompression()
                .setUserAgent("Caravan-Hub")
                .build();
    }

    /** Every connection has its checked address already; a name that comes here would go round the guard. */
    private static final class NoNames implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + " was not checked");
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host + " was not checked");
        }
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        http.close();
    }
}
