package io.caravan.hub.connectors.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.model.Causes;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Vendors that keep a call alive without ever ending it; a socket's time-out does not notice them. */
@Timeout(60)
class EgressDeadlineTest {

    /** More than any send buffer takes. */
    private static final int LARGE = 32 * 1024 * 1024;

    private static final int HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n".length();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private ServerSocket vendor;

    @BeforeEach
    void start() throws IOException {
        Egress.apply(
                context,
                new EgressSettings(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(500), 100_000, 4));
        context.start();
        vendor = new ServerSocket();
        vendor.setReceiveBufferSize(2_048);
        vendor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() throws IOException {
        context.stop();
        vendor.close();
    }

    @Test
    void shouldHangUpOnHeadersThatDrip() {
        answering("HTTP/1.1 200 OK\r\nX-Drip: " + "a".repeat(2_000));
        assertUnknown(post(new byte[10]));
    }

    @Test
    void shouldHangUpOnABodyThatDrips() {
        answering("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + "a".repeat(2_000), HEAD);
        assertUnknown(post(new byte[10]));
    }

    @Test
    void shouldHangUpOnAVendorThatTakesTheConnectionAndNeverReads() {
        assertUnknown(post(new byte[LARGE]));
    }

    private static void assertUnknown(VendorException failure) {
        assertThat(failure.kind()).as("%s", failure).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("drip");
    }

    private VendorException post(byte[] body) {
        Exchange done = context.createFluentProducerTemplate()
                .to("http://127.0.0.1:" + vendor.getLocalPort() + "/?httpMethod=POST&throwExceptionOnFailure=false")
                .withProcessor(exchange -> exchange.getMessage().setBody(body))
                .send();
        VendorException failure = Causes.find(done.getException(), VendorException.class);
        assertThat(failure).as("%s", done.getException()).isNotNull();
        return failure;
    }

    private void answering(String text) {
        answering(text, 0);
    }

    /** @param atOnce characters that do not drip */
    private void answering(String text, int atOnce) {
        Thread thread = new Thread(() -> {
            try (Socket client = vendor.accept()) {
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                OutputStream out = client.getOutputStream();
                out.write(bytes, 0, atOnce);
                for (int i = atOnce; i < bytes.length; i++) {
                    out.write(bytes[i]);
                    out.flush();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
            } catch (IOException hungUp) {
                // as it should
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
