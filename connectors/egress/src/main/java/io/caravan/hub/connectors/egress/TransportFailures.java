package io.caravan.hub.connectors.egress;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sorts transport failures by the one question that matters for a change at a vendor: can the request have been carried
 * out? Only what happens before the first byte of the request is NOT_SENT; all else is TRANSIENT, which means unknown.
 */
final class TransportFailures {

    private TransportFailures() {}

    static VendorException of(String host, IOException failure) {
        if (failure instanceof ConnectionRequestTimeoutException) {
            return failure(
                    ErrorKind.NOT_SENT, host, "local-pool", "not sent: all connections to it are in use", failure);
        }
        if (failure instanceof ConnectTimeoutException || failure instanceof ConnectException) {
            return failure(ErrorKind.NOT_SENT, host, "connect", "not sent: no connection could be made", failure);
        }
        if (failure instanceof PublicNames.NotPublic) {
            return failure(
                    ErrorKind.REJECTED,
                    host,
                    "private-address",
                    "not sent: the host is not on the public net",
                    failure);
        }
        if (failure instanceof UnknownHostException || failure instanceof NoRouteToHostException) {
            return failure(ErrorKind.NOT_SENT, host, "dns", "not sent: the host cannot be found or reached", failure);
        }
        if (failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException) {
            return failure(
                    ErrorKind.NOT_SENT, host, "tls", "not sent: no trusted TLS connection could be made", failure);
        }
        if (failure instanceof SocketTimeoutException) {
            return failure(ErrorKind.TRANSIENT, host, "time-out", "no answer in time; it may still happen", failure);
        }
        return failure(ErrorKind.TRANSIENT, host, "reset", "the connection broke before a whole answer came", failure);
    }

    /** The call was ended because its time was over. */
    static VendorException late(String host, @Nullable Exception cause) {
        return failure(ErrorKind.TRANSIENT, host, "drip", "the answer did not end in time; it may still happen", cause);
    }

    private static VendorException failure(
            ErrorKind kind, String host, String code, String message, @Nullable Exception cause) {
        return new TransportException(kind, host, code, message, cause);
    }
}
