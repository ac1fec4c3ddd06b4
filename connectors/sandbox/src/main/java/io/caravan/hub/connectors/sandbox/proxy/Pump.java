package io.caravan.hub.connectors.sandbox.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** Carries one direction of one connection until it ends. */
final class Pump implements Runnable {

    private static final int BLOCK = 16 * 1024;

    private final Link link;
    private final Socket from;
    private final Socket to;
    private final Direction direction;
    private final Toxics toxics;
    private long carried;
    private boolean swallowed;

    Pump(Link link, Socket from, Socket to, Direction direction, Toxics toxics) {
        this.link = link;
        this.from = from;
        this.to = to;
        this.direction = direction;
        this.toxics = toxics;
    }

    @Override
    public void run() {
        try {
            byte[] block = new byte[BLOCK];
            int bytes = from.getInputStream().read(block);
            while (bytes >= 0 && pass(block, bytes)) {
                bytes = from.getInputStream().read(block);
            }
            if (bytes >= 0) {
                return;
            }
            end();
        } catch (IOException e) {
            // one end is gone: the other learns it in the same way
            link.reset();
        } catch (InterruptedException e) {
            link.reset();
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when the connection ended by it */
    private boolean pass(byte[] block, int bytes) throws IOException, InterruptedException {
        if (swallowed || any(Toxic::swallows)) {
            swallowed = true;
            return true;
        }
        if (any(Toxic::resets)) {
            link.reset();
            return false;
        }
        toxics.late(direction);
        OutputStream out = to.getOutputStream();
        int done = 0;
        while (done < bytes) {
            toxics.awaitRelease(direction);
            List<Toxic> now = toxics.of(direction);
            int piece = Math.min(bytes - done, smallestPiece(now));
            long left = now.stream().mapToLong(Toxic::limit).min().orElse(Long.MAX_VALUE) - carried;
            if (left <= piece) {
                out.write(block, done, (int) Math.max(0, left));
                link.close();
                return false;
            }
            out.write(block, done, piece);
            done += piece;
            carried += piece;
            toxics.rest(direction, pause(now, piece));
        }
        return true;
    }

    private void end() throws IOException, InterruptedException {
        if (swallowed) {
            link.reset();
            return;
        }
        Duration closing = toxics.of(direction).stream().map(Toxic::closing).reduce(Duration.ZERO, Duration::plus);
        toxics.rest(direction, closing);
        toxics.awaitRelease(direction);
        link.ended(to);
    }

    private boolean any(java.util.function.Predicate<Toxic> what) {
        return toxics.of(direction).stream().anyMatch(what);
    }

    private static int smallestPiece(List<Toxic> now) {
        return now.stream().mapToInt(Toxic::piece).min().orElse(Integer.MAX_VALUE);
    }

    private static Duration pause(List<Toxic> now, int bytes) {
        return now.stream().map(toxic -> toxic.pause(bytes)).reduce(Duration.ZERO, Duration::plus);
    }
}
