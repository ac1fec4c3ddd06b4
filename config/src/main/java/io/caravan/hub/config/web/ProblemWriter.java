package io.caravan.hub.config.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/** Writes a {@link Problem} to a servlet response. Everything that refuses comes through here. */
public final class ProblemWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProblemWriter() {}

    /** Does nothing when the answer has already begun. Keeps headers that were set, {@code Allow} for one. */
    public static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        String id = RequestContext.requestIdOf(request);
        if (id.isEmpty()) {
            // refused before the filter that gives one, or where there is none
            id = UUID.randomUUID().toString();
            response.setHeader(RequestIdFilter.HEADER, id);
        }
        byte[] body = bytes(problem, request.getRequestURI(), id);
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        if (problem.retryAfterSeconds() != null) {
            response.setHeader("Retry-After", problem.retryAfterSeconds());
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    static byte[] bytes(Problem problem, String instance, String requestId) throws IOException {
        Map<String, Object> body = problem.body(instance, requestId);
        return JSON.writeValueAsBytes(body);
    }
}
