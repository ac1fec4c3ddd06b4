package io.caravan.hub.config.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is made while it is sent and read once. It says that it is cached already: Camel would otherwise keep the
 * whole of it in memory after the step that made it. It can be sent, and nothing else.
 */
public abstract class OneWayStream extends InputStream implements StreamCache {

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;

    /** Camel rewinds what it has cached before each step; there is nothing to go back to. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void reset() {
        // nothing was kept
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        transferTo(out);
    }

    @Override
    public @Nullable StreamCache copy(Exchange exchange) {
        return null;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    /** Not known. */
    @Override
    public long length() {
        return 0;
    }

    @Override
    public long position() {
        return -1;
    }
}
