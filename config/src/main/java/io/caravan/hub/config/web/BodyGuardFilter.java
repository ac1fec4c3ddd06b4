package io.caravan.hub.config.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Looks at a body before anything parses it: its size, its type, and whether it is JSON at all (depth 32, at most 10,000
 * names, none twice); one path takes a CSV file instead, which may be larger. What comes next gets the same bytes, so that a webhook's signature still fits.
 * Refuses control characters in the query, too.
 */
public final class BodyGuardFilter extends OncePerRequestFilter {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NAMES = 10_000;
    /** The one path that takes a file. */
    private static final String FILES = "/api/v1/imports/bulk";

    private static final String CSV = "text/csv";
    /** Encoded: the HTTP server takes no others. Camel fails over a parameter's name that holds one. */
    private static final Pattern CONTROL = Pattern.compile("%(?:[01][0-9a-fA-F]|7[fF])");

    /** May have a body nevertheless, which then is no less bounded. */
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(100)
                    .maxNameLength(200)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private final int maxBody;
    private final int maxFile;

    /**
     * @param maxBody largest body in bytes
     * @param maxFile largest file in bytes, where files are taken
     */
    public BodyGuardFilter(int maxBody, int maxFile) {
        this.maxBody = maxBody;
        this.maxFile = maxFile;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        if (query != null && CONTROL.matcher(query).find()) {
            ProblemWriter.write(
                    request, response, Problem.of(400, "invalid-value", "the query must have no control characters"));
            return;
        }
        if (BODILESS.contains(request.getMethod()) && !hasBody(request)) {
            chain.doFilter(request, response);
            return;
        }
        boolean file = FILES.equals(request.getRequestURI());
        int most = file ? maxFile : maxBody;
        if (request.getContentLengthLong() > most) {
            ProblemWriter.write(request, response, tooLarge(most));
            return;
        }
        byte[] body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            ProblemWriter.write(request, response, tooLarge(most));
            return;
        }
        Problem fault = null;
        if (file) {
            fault = type(request.getContentType()).equals(CSV) ? null : unsupported(request.getContentType(), CSV);
        } else if (body.length > 0 && !isWebhook(request)) {
            fault = fault(request.getContentType(), body);
        }
        if (fault != null) {
            ProblemWriter.write(request, response, fault);
            return;
        }
        chain.doFilter(new Read(request, body), response);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static boolean isWebhook(HttpServletRequest request) {
        return request.getRequestURI().contains("/webhooks");
    }

    private static Problem tooLarge(int most) {
        return Problem.of(413, "too-large", "the body is larger than " + most + " bytes", Map.of("limit", most), null);
    }

    private static String type(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
    }

    private static Problem unsupported(@Nullable String contentType, String wanted) {
        String type = type(contentType);
        return Problem.of(
                415,
                "unsupported-media-type",
                "send Content-Type: " + wanted + (type.isEmpty() ? "; there was none" : "; it was " + type),
                Map.of("supported", java.util.List.of(wanted)),
                null);
    }

    private @Nullable Problem fault(@Nullable String contentType, byte[] body) throws IOException {
        String type = type(contentType);
        if (!type.equals("application/json") && !type.endsWith("+json")) {
            return unsupported(contentType, "application/json");
        }
        try (JsonParser parser = json.createParser(body)) {
            int names = 0;
            while (parser.nextToken() != null) {
                if (parser.currentToken() == com.fasterxml.jackson.core.JsonToken.FIELD_NAME && ++names > MAX_NAMES) {
                    return Problem.of(400, "malformed-json", "the body has more than " + MAX_NAMES + " names");
                }
            }
            return null;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return JsonFaults.malformed(e);
        } catch (CharConversionException e) {
            return Problem.of(400, "malformed-json", "the body is not JSON that is accepted here: it is not UTF-8");
        }
    }

    /** The request with its body in memory. One without a body says nothing of its type and is taken for empty JSON. */
    private static final class Read extends HttpServletRequestWrapper {
        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public @Nullable String getContentType() {
            String said = super.getContentType();
            return said == null && body.length == 0 ? "application/json" : said;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("Content-Type") ? getContentType() : super.getHeader(name);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(body);
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Bytes extends ServletInputStream {
        private final ByteArrayInputStream in;

        Bytes(byte[] body) {
            this.in = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return in.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body is in memory, read it");
        }
    }
}
