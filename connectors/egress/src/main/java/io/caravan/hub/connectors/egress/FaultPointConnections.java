package io.caravan.hub.connectors.egress;

import io.caravan.hub.model.delivery.FaultPoint;
import java.io.IOException;
import java.net.Socket;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections that pass the fault points of a call's socket side: the request is written and the answer awaited; the
 * answer's headers are there and its body is not. Plain connections unless a fault is armed.
 */
final class FaultPointConnections implements HttpConnectionFactory<ManagedHttpClientConnection> {

    private static final boolean ARMED = !System.getProperty("hub.fault", "").isEmpty();

    private final ManagedHttpClientConnectionFactory plain = ManagedHttpClientConnectionFactory.INSTANCE;

    @Override
    public ManagedHttpClientConnection createConnection(@Nullable Socket socket) throws IOException {
        ManagedHttpClientConnection connection = plain.createConnection(socket);
        return ARMED ? passing(connection) : connection;
    }

    private static ManagedHttpClientConnection passing(ManagedHttpClientConnection connection) {
        return (ManagedHttpClientConnection) java.lang.reflect.Proxy.newProxyInstance(
                FaultPointConnections.class.getClassLoader(),
                new Class<?>[] {ManagedHttpClientConnection.class},
                (proxy, method, args) -> {
                    try {
                        Object result = method.invoke(connection, args);
                        switch (method.getName()) {
                            case "flush" -> FaultPoint.CP12_WRITTEN_AWAITING_REPLY.hit();
                            case "receiveResponseHeader" -> FaultPoint.CP13_HEADERS_BEFORE_BODY.hit();
                            default -> {}
                        }
                        return result;
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
