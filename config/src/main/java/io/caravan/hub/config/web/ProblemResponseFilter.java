package io.caravan.hub.config.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * The net under everything that answers with a bare status: Camel's own 404, 405, 406 and 415, its request validation
 * (plain text), {@code sendError}. What leaves with a status of 400 or more and is no problem document becomes one, and no
 * header of the request goes back with it.
 */
public final class ProblemResponseFilter extends OncePerRequestFilter {

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ProblemResponse known = WebUtils.getNativeResponse(response, ProblemResponse.class);
        ProblemResponse guarded = known == null ? new ProblemResponse(request, response) : known;
        chain.doFilter(request, known == null ? guarded : response);
        if (!request.isAsyncStarted()) {
            finish(request, guarded);
        }
    }

    private static void finish(HttpServletRequest request, ProblemResponse guarded) throws IOException {
        if (guarded.isRefusal()) {
            guarded.open();
            ProblemWriter.write(request, guarded, guarded.problem());
        } else {
            guarded.flushHeld();
        }
    }

    /** Holds a refusal's body back until it is known what it is. */
    private static final class ProblemResponse extends jakarta.servlet.http.HttpServletResponseWrapper {

        private static final int KEPT = 1_000;

        /** What a request and its answer may both have. */
        private static final Set<String> OF_BOTH =
                Set.of("content-type", "content-length", "cache-control", "connection", "x-request-id");

        private final HttpServletRequest request;
        private final HttpServletResponse out;
        private final java.io.ByteArrayOutputStream swallowed = new java.io.ByteArrayOutputStream();
        private final ServletOutputStream sink = new Sink(swallowed);
        private boolean open;
        private @org.jspecify.annotations.Nullable PrintWriter sinkWriter;

        ProblemResponse(HttpServletRequest request, HttpServletResponse out) {
            super(out);
            this.request = request;
            this.out = out;
        }

        /** Camel's own refusals send the request's headers back, the key among them. */
        private boolean isEcho(String name, @org.jspecify.annotations.Nullable String value) {
            return value != null
                    && !OF_BOTH.contains(name.toLowerCase(Locale.ROOT))
                    && value.equals(request.getHeader(name));
        }

        @Override
        public void setHeader(String name, String value) {
            if (!isEcho(name, value)) {
                super.setHeader(name, value);
            }
        }

        @Override
        public void addHeader(String name, String value) {
            if (!isEcho(name, value)) {
                super.addHeader(name, value);
            }
        }

        /** Whether what was answered so far has to be replaced. */
        boolean isRefusal() {
            if (open || out.isCommitted() || out.getStatus() < 400) {
                return false;
            }
            String type = out.getContentType();
            return type == null
                    || !(type.startsWith(Problem.MEDIA_TYPE)
                            || type.startsWith("application/vnd.spring-boot.actuator"));
        }

        void open() {
            open = true;
        }

        void flushHeld() throws IOException {
            if (sinkWriter != null) {
                sinkWriter.flush();
            }
            if (swallowed.size() > 0 && !out.isCommitted()) {
                out.getOutputStream().write(swallowed.toByteArray());
                swallowed.reset();
            }
        }

        /** The status in our words; a short plain text that came with it says it better. */
        Problem problem() {
            if (sinkWriter != null) {
                sinkWriter.flush();
            }
            Problem plain = Problem.ofStatus(out.getStatus());
            String type = String.valueOf(out.getContentType());
            String said =
                    swallowed.toString(java.nio.charset.StandardCharsets.UTF_8).strip();
            boolean usable =
                    type.startsWith("text/plain") && !said.isEmpty() && said.length() < KEPT && out.getStatus() < 500;
            return usable ? Problem.of(plain.status(), plain.code(), said) : plain;
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            sendError(status);
        }

        @Override
        public void sendError(int status) {
            if (!out.isCommitted()) {
                out.resetBuffer();
                out.setStatus(status);
                out.setContentType(null);
            }
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return isRefusal() ? sink : out.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            if (!isRefusal()) {
                return out.getWriter();
            }
            if (sinkWriter == null) {
                sinkWriter = new PrintWriter(sink, false, java.nio.charset.StandardCharsets.UTF_8);
            }
            return sinkWriter;
        }

        @Override
        public void flushBuffer() throws IOException {
            if (!isRefusal()) {
                out.flushBuffer();
            }
        }

        @Override
        public void setContentLength(int length) {
            if (!isRefusal()) {
                out.setContentLength(length);
            }
        }

        @Override
        public void setContentLengthLong(long length) {
            if (!isRefusal()) {
                out.setContentLengthLong(length);
            }
        }
    }

    private static final class Sink extends ServletOutputStream {
        private final java.io.ByteArrayOutputStream kept;

        Sink(java.io.ByteArrayOutputStream kept) {
            this.kept = kept;
        }

        @Override
        public void write(int b) {
            if (kept.size() < ProblemResponse.KEPT) {
                kept.write(b);
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(jakarta.servlet.WriteListener listener) {
            throw new UnsupportedOperationException("a refusal is written at once");
        }
    }
}
