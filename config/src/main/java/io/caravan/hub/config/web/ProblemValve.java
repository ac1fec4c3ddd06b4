package io.caravan.hub.config.web;

import java.io.IOException;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;

/** What Tomcat refuses before any filter sees it: request lines and headers that are no HTTP. Made by Tomcat, by name. */
public final class ProblemValve extends ErrorReportValve {

    static void install(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        });
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String id = UUID.randomUUID().toString();
        try {
            byte[] body = ProblemWriter.bytes(
                    Problem.ofStatus(response.getStatus()),
                    request.getRequestURI() == null ? "" : request.getRequestURI(),
                    id);
            response.setHeader(RequestIdFilter.HEADER, id);
            response.setContentType(Problem.MEDIA_TYPE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("a refusal could not be written", e);
        }
    }
}
