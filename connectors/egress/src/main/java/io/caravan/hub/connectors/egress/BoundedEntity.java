package io.caravan.hub.connectors.egress;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An answer that may not be larger than agreed nor take longer than its call; a broken one is an unknown outcome. */
final class BoundedEntity extends HttpEntityWrapper {

    private final String host;
    private final long maxBytes;
    private final Deadline deadline;

    BoundedEntity(HttpEntity wrapped, String host, long maxBytes, Deadline deadline) {
        super(wrapped);
        this.host = host;
        this.maxBytes = maxBytes;
        this.deadline = deadline;
    }

    /** Unknown on purpose: camel-http reads a body of known length in one go and takes a short one for whole. */
    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new Bounded(super.getContent());
    }

    private final class Bounded extends FilterInputStream {

        private long seen;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count;
            try {
                count = in.read(bytes, offset, length);
            } catch (IOException e) {
                throw deadline.over() ? TransportFailures.late(host, e) : TransportFailures.of(host, e);
            }
            if (count < 0) {
                deadline.met();
                return count;
            }
            seen += count;
            if (seen > maxBytes) {
                throw broken("too-large", "the answer is larger than " + maxBytes + " bytes");
            }
            if (deadline.over()) {
                throw TransportFailures.late(host, null);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                deadline.met();
            }
        }

        private VendorException broken(String code, String message) {
            return new TransportException(ErrorKind.TRANSIENT, host, code, message, null);
        }
    }
}
