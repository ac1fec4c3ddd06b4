package io.caravan.hub.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Sends requests over a fixed number of connections that stay open. One thread, so that it leaves the machine to the hub. */
public final class Generator implements AutoCloseable {

    private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
    private final InetSocketAddress target;
    private final boolean wantsBody;
    private final Queue<Wire> free = new ArrayDeque<>();
    private volatile boolean closed;

    /** Encodes request number n. */
    @FunctionalInterface
    public interface Requests {
        ByteBuf encode(ByteBufAllocator buffers, int number);
    }

    /** @param wantsBody whether {@link Run#bodies} is kept */
    public Generator(int port, int connections, boolean wantsBody) {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.wantsBody = wantsBody;
        for (int i = 0; i < connections; i++) {
            Wire wire = new Wire(wantsBody);
            connect(wire).syncUninterruptibly();
            free.add(wire);
        }
    }

    private ChannelFuture connect(Wire wire) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder(), wire);
                    }
                })
                .connect(target);
    }

    /** Each connection sends its next request when the one before was answered. */
    public Run closed(int requests, Requests what) {
        return closed(requests, what, () -> false);
    }

    /** @param enough asked before each request; ends the run early */
    public Run closed(int requests, Requests what, BooleanSupplier enough) {
        return run(new Closed(requests, what, enough));
    }

    /**
     * Requests leave at their times whether or not earlier ones were answered; what finds no free connection waits, and
     * its wait counts.
     */
    public Run open(double perSecond, Duration during, Requests what) {
        return run(new Open(perSecond, (int) Math.round(perSecond * during.toMillis() / 1e3), what));
    }

    private Run run(Load load) {
        loop.execute(load::begin);
        try {
            return load.done.get(30, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the load did not end", e);
        }
    }

    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public void close() {
        closed = true;
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** One run; its methods run on the loop's thread. */
    private abstract class Load {
        final CompletableFuture<Run> done = new CompletableFuture<>();
        final Run seen;
        final Requests what;
        private int underWay;
        private int connecting;

        Load(int requests, Requests what) {
            this.seen = new Run(requests);
            this.what = what;
        }

        abstract void begin();

        /** A connection is free, or an answer came: what now? */
        abstract void next();

        abstract boolean over();

        final boolean send(int number) {
            Wire wire = free.poll();
            while (wire != null && !wire.usable()) {
                replace();
                wire = free.poll();
            }
            if (wire == null) {
                return false;
            }
            underWay++;
            wire.send(what.encode(PooledByteBufAllocator.DEFAULT, number), (used, status, body) -> {
                underWay--;
                seen.answered(number, status, now(), body);
                if (used.usable()) {
                    free.add(used);
                } else {
                    replace();
                }
                next();
                if (over() && underWay == 0) {
                    done.complete(seen);
                }
            });
            return true;
        }

        /** A new connection for one that the server ended. */
        private void replace() {
            if (closed) {
                return;
            }
            connecting++;
            Wire wire = new Wire(wantsBody);
            connect(wire).addListener(connected -> {
                connecting--;
                if (connected.isSuccess()) {
                    free.add(wire);
                    next();
                } else if (connecting == 0 && underWay == 0 && free.isEmpty()) {
                    // nobody listens any more
                    done.complete(seen);
                }
            });
        }
    }

    private final class Closed extends Load {
        private final int requests;
        private final BooleanSupplier enough;
        private int number;
        private boolean stopped;

        Closed(int requests, Requests what, BooleanSupplier enough) {
            super(requests, what);
            this.requests = requests;
            this.enough = enough;
        }

        @Override
        void begin() {
            next();
        }

        @Override
        void next() {
            while (!over() && !free.isEmpty()) {
                if (enough.getAsBoolean()) {
                    stopped = true;
                    return;
                }
                seen.intended(number, now());
                if (!send(number)) {
                    return;
                }
                number++;
            }
        }

        @Override
        boolean over() {
            return stopped || number == requests;
        }
    }

    private final class Open extends Load {
        private final double perSecond;
        private final int requests;
        private final Queue<Integer> late = new ArrayDeque<>();
        private long start;
        private long startAt;
        private int number;

        Open(double perSecond, int requests, Requests what) {
            super(requests, what);
            this.perSecond = perSecond;
            this.requests = requests;
        }

        @Override
        void begin() {
            start = System.nanoTime();
            startAt = now();
            tick();
        }

        private long dueNanos(int of) {
            return (long) (of * 1e9 / perSecond);
        }

        private void tick() {
            long passed = System.nanoTime() - start;
            while (number < requests && dueNanos(number) <= passed) {
                seen.intended(number, startAt + dueNanos(number) / 1_000);
                late.add(number);
                number++;
            }
            next();
            if (number < requests) {
                loop.schedule(this::tick, Math.max(0, dueNanos(number) - passed), TimeUnit.NANOSECONDS);
            }
        }

        @Override
        void next() {
            while (!late.isEmpty() && send(late.element())) {
                late.remove();
            }
        }

        @Override
        boolean over() {
            return number == requests && late.isEmpty();
        }
    }
}
