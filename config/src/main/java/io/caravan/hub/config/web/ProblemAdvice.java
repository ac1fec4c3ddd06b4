package io.caravan.hub.config.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What Spring's own handlers throw, as problems: unknown addresses, methods, media types, unreadable bodies. */
@RestControllerAdvice
class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler(Exception.class)
    void any(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure instanceof ErrorResponse known) {
            HttpHeaders headers = known.getHeaders();
            if (headers.getFirst(HttpHeaders.ALLOW) != null) {
                response.setHeader(HttpHeaders.ALLOW, headers.getFirst(HttpHeaders.ALLOW));
            }
            ProblemWriter.write(
                    request, response, Problem.ofStatus(known.getStatusCode().value()));
            return;
        }
        Problem problem = failure instanceof HttpMessageNotReadableException unreadable
                ? unreadable(unreadable)
                : Problems.of(failure);
        if (problem.status() >= 500) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        }
        ProblemWriter.write(request, response, problem);
    }

    private static Problem unreadable(HttpMessageNotReadableException failure) {
        return failure.getCause() instanceof JsonProcessingException json
                ? JsonFaults.of(json)
                : Problem.of(400, "bad-request", "the body is missing or cannot be read");
    }
}
