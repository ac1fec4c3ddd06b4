package io.caravan.hub.connectors.sandbox.proxy;

import java.time.Duration;
import java.util.Random;

/** Something wrong with one direction of every connection, open or new, as long as it is set. Several add up. */
public sealed interface Toxic {

    /** How long each block of bytes is late. */
    default Duration delay(Random random) {
        return Duration.ZERO;
    }

    /** Bytes written at once. */
    default int piece() {
        return Integer.MAX_VALUE;
    }

    /** Rest behind so many bytes. */
    default Duration pause(int bytes) {
        return Duration.ZERO;
    }

    /** Bytes of a connection after which it is closed. */
    default long limit() {
        return Long.MAX_VALUE;
    }

    /** How long the end of a stream is late. */
    default Duration closing() {
        return Duration.ZERO;
    }

    /** Bytes wait until this toxic is taken away. */
    default boolean holds() {
        return false;
    }

    /** Bytes are read and thrown away. */
    default boolean swallows() {
        return false;
    }

    /** The first byte ends the connection by a reset. */
    default boolean resets() {
        return false;
    }

    /** Every block of bytes comes late by {@code delay}, give or take {@code jitter}. */
    record Latency(Duration delay, Duration jitter) implements Toxic {
        @Override
        public Duration delay(Random random) {
            double late = delay.toNanos() + jitter.toNanos() * (2 * random.nextDouble() - 1);
            return Duration.ofNanos((long) Math.max(0, late));
        }
    }

    /** Pieces of {@code bytes}, each followed by a pause. */
    record Slicer(int bytes, Duration pause) implements Toxic {
        public Slicer {
            positive(bytes);
        }

        @Override
        public int piece() {
            return bytes;
        }

        @Override
        public Duration pause(int written) {
            return pause;
        }
    }

    /** No faster than so many bytes a second; below 20 one byte at a time. */
    record Drip(int bytesPerSecond) implements Toxic {
        public Drip {
            positive(bytesPerSecond);
        }

        @Override
        public int piece() {
            return Math.max(1, bytesPerSecond / 20);
        }

        @Override
        public Duration pause(int written) {
            return Duration.ofNanos(1_000_000_000L * written / bytesPerSecond);
        }
    }

    /** The connection is closed in good order behind its first {@code bytes}. */
    record Limit(long bytes) implements Toxic {
        @Override
        public long limit() {
            return bytes;
        }
    }

    /** The end of a stream is told {@code delay} late. */
    record SlowClose(Duration delay) implements Toxic {
        @Override
        public Duration closing() {
            return delay;
        }
    }

    /** Holds everything; goes on where it was when taken away. */
    record Paused() implements Toxic {
        @Override
        public boolean holds() {
            return true;
        }
    }

    /** Accepts and never forwards. What was said is lost, so a connection that said something is reset when it ends. */
    record Timeout() implements Toxic {
        @Override
        public boolean swallows() {
            return true;
        }
    }

    /** Resets the connection, both ends, when the first bytes arrive. */
    record ResetPeer() implements Toxic {
        @Override
        public boolean resets() {
            return true;
        }
    }

    private static void positive(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("at least one byte, not " + bytes);
        }
    }
}
