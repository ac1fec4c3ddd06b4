package io.caravan.hub.connectors.sandbox.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final int PATIENCE = 20_000;

    private EchoServer echo;
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        echo = new EchoServer();
        proxy = FaultProxy.start(echo.port());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void shouldForwardBothWaysAndTellTheEnd() throws IOException {
        try (Socket client = connect()) {
            assertThat(say(client, "hello")).isEqualTo("hello");
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(proxy.accepted()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(60)).until(() -> proxy.open() == 0);
    }

    @Test
    void shouldCarryManyBytesUnchangedOverSeveralConnections() throws Exception {
        byte[] much = new byte[600_000];
        new java.util.Random(7).nextBytes(much);
        CompletableFuture<?>[] all = new CompletableFuture<?>[4];
        for (int i = 0; i < all.length; i++) {
            all[i] = CompletableFuture.runAsync(() -> {
                try (Socket client = connect()) {
                    CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(client, much));
                    assertThat(client.getInputStream().readNBytes(much.length)).isEqualTo(much);
                    sent.join();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
        CompletableFuture.allOf(all).join();
    }

    @Test
    void shouldComeLateByTheLatencyOfEachDirection() throws IOException {
        proxy.set(new Toxic.Latency(Duration.ofMillis(120), Duration.ofMillis(20)));
        try (Socket client = connect()) {
            long start = System.nanoTime();
            assertThat(say(client, "hello")).isEqualTo("hello");
            assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void shouldRefuseNewConnectionsAndResetOpenOnesWhileDownAndListenAgainAtTheSamePort() throws IOException {
        int port = proxy.port();
        try (Socket open = connect()) {
            say(open, "hello");
            proxy.down();
            assertThatThrownBy(() -> open.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        assertThat(proxy.open()).isZero();
        proxy.up();
        assertThat(proxy.port()).isEqualTo(port);
        try (Socket client = connect()) {
            assertThat(say(client, "again")).isEqualTo("again");
        }
    }

    @Test
    void shouldAcceptAndNeverForwardUnderATimeOutAndResetWhatWasSwallowed() throws IOException {
        proxy.set(Direction.TO_TARGET, new Toxic.Timeout());
        try (Socket client = connect()) {
            client.setSoTimeout(300);
            write(client, "lost".getBytes(UTF_8));
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(echo.heard()).isZero();
            proxy.clear();
            client.setSoTimeout(PATIENCE);
            client.shutdownOutput();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThat(echo.heard()).isZero();
    }

    @Test
    void shouldResetTheAnswerAfterTheTargetHeardTheQuestion() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Toxic.ResetPeer());
        try (Socket client = connect()) {
            write(client, "order".getBytes(UTF_8));
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThat(echo.heard()).isEqualTo(5);
    }

    @Test
    void shouldCutIntoPiecesWithPausesBetween() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Toxic.Slicer(2, Duration.ofSeconds(1)));
        try (Socket client = connect()) {
            long start = System.nanoTime();
            write(client, "abcdefgh".getBytes(UTF_8));
            byte[] first = new byte[8];
            int piece = client.getInputStream().read(first);
            assertThat(piece).as("bytes of the first piece").isLessThan(8);
            client.getInputStream().readNBytes(first, piece, 8 - piece);
            assertThat(first).isEqualTo("abcdefgh".getBytes(UTF_8));
            assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(2_900));
        }
    }

    @Test
    void shouldCloseInGoodOrderBehindTheLimit() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Toxic.Limit(4));
        try (Socket client = connect()) {
            write(client, "abcdefgh".getBytes(UTF_8));
            assertThat(client.getInputStream().readAllBytes()).isEqualTo("abcd".getBytes(UTF_8));
        }
    }

    @Test
    void shouldDripNoFasterThanTold() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Toxic.Drip(20));
        try (Socket client = connect()) {
            long start = System.nanoTime();
            assertThat(say(client, "abcdefgh")).isEqualTo("abcdefgh");
            assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(340));
        }
    }

    @Test
    void shouldTellTheEndOfAStreamLate() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Toxic.SlowClose(Duration.ofMillis(250)));
        try (Socket client = connect()) {
            say(client, "hello");
            long start = System.nanoTime();
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
        }
    }

    @Test
    void shouldHoldEverythingWhilePausedAndGoOnWhereItWas() throws IOException {
        try (Socket client = connect()) {
            assertThat(say(client, "before ")).isEqualTo("before ");
            proxy.set(new Toxic.Paused());
            write(client, "held".getBytes(UTF_8));
            client.setSoTimeout(300);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(echo.heard()).isEqualTo(7);
            client.setSoTimeout(PATIENCE);
            proxy.clear();
            assertThat(client.getInputStream().readNBytes(4)).isEqualTo("held".getBytes(UTF_8));
        }
    }

    @Test
    void shouldStopALongDripWhenItIsTakenAway() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Toxic.Drip(1));
        try (Socket client = connect()) {
            byte[] long_ = "x".repeat(2_000).getBytes(UTF_8);
            write(client, long_);
            assertThat(client.getInputStream().read()).isEqualTo('x');
            proxy.clear();
            // would take half an hour otherwise
            assertThat(client.getInputStream().readNBytes(1_999)).hasSize(1_999);
        }
    }

    @Test
    void shouldSendNewConnectionsToAnotherTarget() throws IOException {
        try (EchoServer other = new EchoServer()) {
            proxy.target(new InetSocketAddress(InetAddress.getLoopbackAddress(), other.port()));
            try (Socket client = connect()) {
                assertThat(say(client, "hello")).isEqualTo("hello");
            }
            assertThat(other.heard()).isEqualTo(5);
            assertThat(echo.heard()).isZero();
        }
    }

    @Test
    void shouldResetAClientWhoseTargetIsNotThere() throws IOException {
        echo.close();
        try (Socket client = connect()) {
            assertThatThrownBy(() -> {
                        client.getOutputStream().write(1);
                        assertThat(client.getInputStream().read()).isEqualTo(-1);
                        throw new SocketException("ended");
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void shouldLeaveNoThreadBehindAlsoWhenClosedWhileItHolds() throws IOException {
        proxy.set(new Toxic.Paused());
        try (Socket one = connect();
                Socket two = connect()) {
            write(one, "held".getBytes(UTF_8));
            await().atMost(Duration.ofSeconds(60)).until(() -> proxy.open() == 2);
            proxy.down();
            proxy.up();
            proxy.close();
            assertThat(two.isConnected()).isTrue();
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("fault-proxy-" + proxy.port() + "-")));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()), PATIENCE);
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    private static String say(Socket client, String text) throws IOException {
        write(client, text.getBytes(UTF_8));
        return new String(client.getInputStream().readNBytes(text.length()), UTF_8);
    }

    private static void write(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
