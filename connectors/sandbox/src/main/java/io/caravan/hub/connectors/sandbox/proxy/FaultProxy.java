package io.caravan.hub.connectors.sandbox.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Forwards a port of its own on loopback to a target and spoils what passes: {@link Toxic}s for each direction, set and
 * taken away while connections are open, and {@link #down} for a target that is not there. Thread-safe; two daemon
 * threads a connection, all ended by {@link #close}.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 3_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final int port;
    private final Toxics toxics;
    private final ExecutorService threads;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private volatile InetSocketAddress target;
    private @Nullable ServerSocket listener;
    /** Holds the port while nobody listens: connections are refused, and no other process gets it. */
    private @Nullable Socket placeholder;

    private @Nullable Future<?> accepting;
    private boolean closed;

    /** @param seed of the jitter */
    public static FaultProxy start(InetSocketAddress target, long seed) throws IOException {
        return new FaultProxy(target, seed);
    }

    /** To a port on loopback. */
    public static FaultProxy start(int port) throws IOException {
        return start(new InetSocketAddress(LOOPBACK, port), 0);
    }

    private FaultProxy(InetSocketAddress target, long seed) throws IOException {
        this.target = target;
        this.toxics = new Toxics(seed);
        ServerSocket first = listen(0);
        this.port = first.getLocalPort();
        AtomicLong number = new AtomicLong();
        this.threads = Executors.newCachedThreadPool(runnable -> {
            Thread thread = new Thread(runnable, "fault-proxy-" + port + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        serve(first);
    }

    /** Where clients connect. */
    public int port() {
        return port;
    }

    /** Connections made so far. */
    public long accepted() {
        return accepted.get();
    }

    /** Connections open now. */
    public int open() {
        return links.size();
    }

    /** New connections go there; open ones stay where they are. */
    public void target(InetSocketAddress other) {
        target = other;
    }

    /** Replaces the toxics of one direction; none clears it. */
    public void set(Direction direction, Toxic... all) {
        toxics.set(direction, List.of(all));
    }

    /** Replaces the toxics of both directions. */
    public void set(Toxic... all) {
        for (Direction direction : Direction.values()) {
            set(direction, all);
        }
    }

    /** Takes every toxic away and listens again. */
    public void clear() {
        set();
        up();
    }

    /** Refuses new connections and resets the open ones, until {@link #up}. */
    public synchronized void down() {
        ServerSocket was = listener;
        if (was == null || closed) {
            return;
        }
        listener = null;
        try {
            was.close();
            awaitAccepting();
            Socket holder = new Socket();
            holder.setReuseAddress(true);
            holder.bind(new InetSocketAddress(LOOPBACK, port));
            placeholder = holder;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be held", e);
        }
        reset();
    }

    /** Listens again, on the same port. Nothing happens when it does already. */
    public synchronized void up() {
        if (listener != null || closed) {
            return;
        }
        try {
            release();
            serve(listen(port));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be had again", e);
        }
    }

    /** Resets the connections that are open now. */
    public void reset() {
        links.forEach(Link::reset);
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            if (listener != null) {
                listener.close();
                listener = null;
            }
            release();
        }
        reset();
        toxics.close();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("threads of the proxy at " + port + " do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() throws IOException {
        if (placeholder != null) {
            placeholder.close();
            placeholder = null;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(LOOPBACK, port), 256);
        return socket;
    }

    private synchronized void serve(ServerSocket socket) {
        listener = socket;
        accepting = threads.submit(() -> accept(socket));
    }

    /** The kernel gives the port back only when no thread waits at it any more. */
    private void awaitAccepting() throws IOException {
        Future<?> last = accepting;
        try {
            if (last != null) {
                last.get(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("port " + port + " is still listened at", e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            Socket client;
            try {
                client = socket.accept();
            } catch (IOException e) {
                // closed by down or close
                return;
            }
            accepted.incrementAndGet();
            try {
                threads.execute(() -> connect(client, socket));
            } catch (RejectedExecutionException e) {
                Link.reset(client);
            }
        }
    }

    private void connect(Socket client, ServerSocket socket) {
        Socket there = new Socket();
        try {
            client.setTcpNoDelay(true);
            there.setTcpNoDelay(true);
            there.connect(target, CONNECT_MILLIS);
        } catch (IOException e) {
            Link.reset(client);
            Link.reset(there);
            return;
        }
        Link link = new Link(client, there, links::remove);
        links.add(link);
        if (socket.isClosed()) {
            // came in while it went down
            link.reset();
            return;
        }
        try {
            threads.execute(new Pump(link, there, client, Direction.TO_CLIENT, toxics));
        } catch (RejectedExecutionException e) {
            link.reset();
            return;
        }
        new Pump(link, client, there, Direction.TO_TARGET, toxics).run();
    }
}
