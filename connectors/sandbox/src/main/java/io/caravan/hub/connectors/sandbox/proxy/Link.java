package io.caravan.hub.connectors.sandbox.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One client's connection and the one behind it to the target. */
final class Link {

    private final Socket client;
    private final Socket target;
    private final Consumer<Link> gone;
    private final AtomicInteger open = new AtomicInteger(2);

    Link(Socket client, Socket target, Consumer<Link> gone) {
        this.client = client;
        this.target = target;
        this.gone = gone;
    }

    /** One direction is at its end: its receiver is told, and the sockets are closed behind the second. */
    void ended(Socket receiver) throws IOException {
        receiver.shutdownOutput();
        if (open.decrementAndGet() == 0) {
            close();
        }
    }

    /** Ends in good order. */
    void close() {
        quietly(client);
        quietly(target);
        gone.accept(this);
    }

    /** Ends by a reset at both ends. */
    void reset() {
        reset(client);
        reset(target);
        gone.accept(this);
    }

    /** No linger time means: drop what waits and send a reset instead of an end. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        quietly(socket);
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left to close
        }
    }
}
