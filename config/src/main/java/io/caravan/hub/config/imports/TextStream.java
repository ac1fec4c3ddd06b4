package io.caravan.hub.config.imports;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Text that is made piece by piece while it is sent, so that an answer of any length needs no memory. Has to be the body of
 * a route's last step: a step after it would make Camel keep the whole of it.
 */
final class TextStream extends InputStream {

    private final Supplier<@Nullable String> pieces;
    private ByteArrayInputStream now;

    /**
     * Makes the first piece at once: what fails then can still be answered as a problem.
     *
     * @param pieces gives null when there is no more
     */
    TextStream(Supplier<@Nullable String> pieces) {
        this.pieces = pieces;
        this.now = bytes(pieces.get());
    }

    private static ByteArrayInputStream bytes(@Nullable String piece) {
        return new ByteArrayInputStream(piece == null ? new byte[0] : piece.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
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
