package io.caravan.hub.connectors.egress;

import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.SocketGuard;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;

/**
 * The client behind the component: no retries (HttpClient re-sends a POST once on 429 and 503 by itself), no redirects,
 * no cookies; a last look at the lease before bytes leave; answers bounded in size and time.
 */
final class EgressClient implements HttpClientConfigurer {

    private final EgressSettings settings;

    EgressClient(EgressSettings settings) {
        this.settings = settings;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Caravan-Hub")
                .addExecInterceptorFirst("caravan-egress", this::send);
    }

    private ClassicHttpResponse send(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        String host = scope.route.getTargetHost().getHostName();
        // Camel writes %7E for a tilde, which RFC 3986 (2.3) leaves as it is; names of Apify's actors hold one
        request.setPath(request.getPath().replace("%7E", "~"));
        guard(host);
        Deadline deadline = Deadline.of(scope.execRuntime, wholeCall(scope));
        boolean more = false;
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                response.setEntity(new BoundedEntity(entity, host, settings.maxBody(), deadline));
                more = true;
            }
            return response;
        } catch (IOException e) {
            throw deadline.over() ? TransportFailures.late(host, e) : TransportFailures.of(host, e);
        } catch (IllegalStateException e) {
            // what the client says when its connection is taken away from under it
            throw deadline.over() ? TransportFailures.late(host, e) : e;
        } finally {
            if (!more) {
                deadline.met();
            }
        }
    }

    private static void guard(String host) {
        try {
            SocketGuard.beforeWrite(host);
        } catch (VendorException e) {
            String text = String.valueOf(e.getMessage()).substring(host.length() + 2);
            throw new TransportException(e.kind(), host, e.code(), text, null);
        }
    }

    private Duration wholeCall(ExecChain.Scope scope) {
        RequestConfig config = scope.clientContext.getRequestConfigOrDefault();
        Duration response = config.getResponseTimeout() == null
                ? settings.response()
                : config.getResponseTimeout().toDuration();
        return response.plus(settings.grace());
    }
}
