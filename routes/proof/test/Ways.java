package io.caravan.hub.routes.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Addresses that lead nowhere good: nobody there, no name, no trust, no answer; and one where nobody may come. */
final class Ways implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int ENOUGH = 64;

    private final List<ServerSocket> servers = new ArrayList<>();
    private final List<Socket> fillers = new ArrayList<>();
    private final AtomicInteger lured = new AtomicInteger();
    private final URI refused;
    private final URI blackHole;
    private final URI neverRead;
    private final URI untrusted;
    private final URI noTls;
    private final URI canary;

    Ways(Path folder) {
        try {
            // bound and not listening: nobody else can take the port meanwhile
            Socket nobody = new Socket();
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            fillers.add(nobody);
            refused = URI.create("http://127.0.0.1:" + nobody.getLocalPort());
            ServerSocket full = server(1);
            fill(full);
            blackHole = at("http", full);
            ServerSocket deaf = new ServerSocket();
            deaf.setReceiveBufferSize(2_048);
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
            servers.add(deaf);
            neverRead = at("http", deaf);
            ServerSocket plain = server(ENOUGH);
            noTls = at("https", plain);
            answering(plain, "HTTP/1.1 400 Bad Request\r\n\r\n");
            ServerSocket secure = tls(folder);
            untrusted = at("https", secure);
            answering(secure, "");
            ServerSocket watched = server(ENOUGH);
            canary = at("http", watched);
            counting(watched);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI refused() {
        return refused;
    }

    URI noName() {
        return URI.create("https://no-such-host.invalid");
    }

    URI blackHole() {
        return blackHole;
    }

    URI neverRead() {
        return neverRead;
    }

    URI untrusted() {
        return untrusted;
    }

    URI noTls() {
        return noTls;
    }

    /** Where a redirect points; whoever comes is counted. */
    URI canary() {
        return canary;
    }

    int lured() {
        return lured.get();
    }

    private ServerSocket server(int backlog) throws IOException {
        ServerSocket server = loopback(backlog);
        servers.add(server);
        return server;
    }

    private static ServerSocket loopback(int backlog) throws IOException {
        return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
    }

    private static URI at(String scheme, ServerSocket server) {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    /** Until the queue is full and the kernel drops what else wants in. */
    private void fill(ServerSocket server) throws IOException {
        for (int i = 0; i < ENOUGH; i++) {
            Socket one = new Socket();
            fillers.add(one);
            try {
                one.connect(server.getLocalSocketAddress(), 200);
            } catch (java.net.SocketTimeoutException full) {
                return;
            }
        }
        throw new IllegalStateException("a queue of one took " + ENOUGH);
    }

    private static void answering(ServerSocket server, String text) {
        thread(() -> {
            while (!server.isClosed()) {
                try (Socket one = server.accept()) {
                    one.setSoTimeout(500);
                    one.getInputStream().read();
                    one.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // a handshake that fails is what this is for
                }
            }
        });
    }

    private void counting(ServerSocket server) {
        thread(() -> {
            while (!server.isClosed()) {
                try (Socket one = server.accept()) {
                    lured.incrementAndGet();
                } catch (IOException e) {
                    // closed
                }
            }
        });
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "ways");
        thread.setDaemon(true);
        thread.start();
    }

    /** A certificate that nobody signed, made by the JDK's own tool. */
    private ServerSocket tls(Path folder) throws IOException {
        Path file = folder.resolve("untrusted.p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "one",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (InputStream said = tool.getInputStream()) {
            byte[] all = said.readAllBytes();
            if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                throw new IOException("keytool: " + new String(all, java.nio.charset.StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            ServerSocket server =
                    context.getServerSocketFactory().createServerSocket(0, ENOUGH, InetAddress.getLoopbackAddress());
            servers.add(server);
            return server;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket one : fillers) {
            one.close();
        }
        for (ServerSocket one : servers) {
            one.close();
        }
    }
}
