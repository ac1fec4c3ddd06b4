package io.caravan.hub.connectors.sandbox.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Says back what it is told, and counts what it heard. */
final class EchoServer implements AutoCloseable {

    private final ServerSocket listener;
    private final AtomicLong heard = new AtomicLong();

    EchoServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "echo");
        accepting.setDaemon(true);
        accepting.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    long heard() {
        return heard.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread serving = new Thread(() -> serve(socket), "echo");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            byte[] block = new byte[8_192];
            for (int n = socket.getInputStream().read(block);
                    n >= 0;
                    n = socket.getInputStream().read(block)) {
                heard.addAndGet(n);
                socket.getOutputStream().write(block, 0, n);
            }
        } catch (IOException e) {
            // reset by the proxy, as the test wants
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
