package io.caravan.hub.config.store;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Text that is made piece by piece while it is sent, so that an answer of any length needs no memory. */
public final class TextStream extends OneWayStream {

    private final Supplier<@Nullable String> pieces;
    private ByteArrayInputStream now;

    /**
     * Makes the first piece at once: what fails then can still be answered as a problem.
     *
     * @param pieces gives null when there is no more
     */
    public TextStream(Supplier<@Nullable String> pieces) {
        this.pieces = pieces;
        this.now = bytes(pieces.get());
    }

    private static ByteArrayInputStream bytes(@Nullable String piece) {
        return new ByteArrayInputStream(piece == null ? new byte[0] : piece.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        while (true) {
            int read = now.read(buffer, offset, length);
            if (read > 0) {
                return read;
            }
            String piece = pieces.get();
            if (piece == null) {
                return -1;
            }
            now = bytes(piece);
        }
    }
}
