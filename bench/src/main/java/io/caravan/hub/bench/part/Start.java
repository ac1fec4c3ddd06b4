package io.caravan.hub.bench.part;

import io.caravan.hub.bench.lab.Hub;
import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.lab.Pause;
import io.caravan.hub.bench.lab.Stub;
import io.caravan.hub.bench.load.Items;
import io.caravan.hub.bench.report.Report;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** From the start of the process to the object that its first item made: on an empty folder, and on what is there then. */
public final class Start implements Part {

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void measure(Lab lab, Report report) throws IOException {
        once(lab, report, "first start to first item");
        for (int i = 0; i < (lab.settings().quick() ? 1 : 3); i++) {
            lab.hub().stop();
            once(lab, report, "start " + (i + 2) + " to first item");
        }
    }

    private void once(Lab lab, Report report, String what) throws IOException {
        lab.stub().forget();
        Items items = lab.items();
        Hub hub = lab.startHub();
        long end = System.nanoTime() + 120_000_000_000L;
        while (!accepted(hub, items)) {
            if (System.nanoTime() > end) {
                // says why
                hub.awaitReady();
                throw new IOException("the hub is ready and accepts nothing");
            }
            Pause.millis(15);
        }
        Stub.Counts counts = Flow.awaitCreates(lab, 1);
        report.add(name(), lab.scenario().label(), what, (counts.lastAt() - hub.startedAt()) / 1e6, "s");
    }

    /** The same request again and again: its Idempotency-Key makes one item of it. */
    private static boolean accepted(Hub hub, Items items) {
        ByteBuf request = items.request(ByteBufAllocator.DEFAULT, 0);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
            socket.setSoTimeout(20_000);
            request.readBytes(socket.getOutputStream(), request.readableBytes());
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 202".length());
            return new String(status, StandardCharsets.US_ASCII).endsWith(" 202");
        } catch (IOException e) {
            return false;
        } finally {
            request.release();
        }
    }
}
