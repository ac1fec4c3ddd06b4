package io.caravan.hub.config.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caravan.hub.model.Causes;
import io.caravan.hub.model.VendorException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ValidationException;
import org.apache.camel.component.jsonvalidator.JsonValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns the failure of a REST route into a problem document. The last step of the route configuration's
 * {@code onException}; body, status and Content-Type are set, everything else is removed.
 */
@Component("problems")
public final class Problems implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @Override
    public void process(Exchange exchange) throws IOException {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure == null) {
            failure = new IllegalStateException("problems was called without a failure");
        }
        Problem problem = of(failure);
        if (DatabaseAway.of(failure).isPresent()) {
            LOG.warn("Route {} failed, the database is away: {}", exchange.getFromRouteId(), failure.getMessage());
        } else if (problem.status() >= 500 && !(failure instanceof VendorException)) {
            LOG.error("Route {} failed", exchange.getFromRouteId(), failure);
        }
        HttpServletRequest request =
                exchange.getMessage().getHeader("CamelHttpServletRequest", HttpServletRequest.class);
        RequestContext context = request == null ? null : RequestContext.find(request);
        // a webhook is verified before ingress: then the request itself still knows what ingress would have kept
        String instance =
                exchange.getProperty(Ingress.INSTANCE, request == null ? "" : request.getRequestURI(), String.class);
        String requestId = exchange.getVariable("requestId", context == null ? "" : context.requestId(), String.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        message.setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.retryAfterSeconds() != null) {
            message.setHeader("Retry-After", problem.retryAfterSeconds());
        }
        message.setBody(ProblemWriter.bytes(problem, instance, requestId));
    }

    /** The first failure in the chain of causes that we have words for. */
    static Problem of(Throwable failure) {
        Problem away = DatabaseAway.of(failure).orElse(null);
        return Causes.of(failure)
                // what accepting says of the database is more exact; what others make of its failure is not
                .filter(one -> away == null || one instanceof io.caravan.hub.connectors.delivery.accept.Problem)
                .flatMap(one -> Stream.ofNullable(known(one)))
                .findFirst()
                .orElseGet(() -> away == null ? Problem.ofStatus(500) : away);
    }

    private static @org.jspecify.annotations.Nullable Problem known(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal.problem();
        }
        if (failure instanceof io.caravan.hub.connectors.delivery.accept.Problem refused) {
            return Problem.of(
                    refused.status(),
                    refused.code().replace('_', '-'),
                    text(refused),
                    refused.details(),
                    refused.retryAfter().orElse(null));
        }
        if (failure instanceof VendorException vendor) {
            return vendor(vendor);
        }
        if (failure instanceof JsonProcessingException json) {
            return JsonFaults.of(json);
        }
        if (failure instanceof JsonValidationException invalid) {
            List<String> errors = new ArrayList<>();
            invalid.getErrors().forEach(error -> errors.add(String.valueOf(error)));
            return Problem.of(
                    400,
                    "invalid-body",
                    "the body does not fit its schema: " + String.join("; ", errors),
                    Map.of("errors", errors),
                    null);
        }
        if (failure instanceof ValidationException) {
            return Problem.of(400, "invalid-body", text(failure));
        }
        if (failure instanceof NoSuchElementException) {
            return Problem.of(404, "not-found", text(failure));
        }
        if (failure instanceof ConcurrentModificationException || failure.getClass() == IllegalStateException.class) {
            return Problem.of(409, "conflict", text(failure));
        }
        if (failure instanceof IllegalArgumentException && !(failure.getCause() instanceof JsonProcessingException)) {
            return Problem.of(400, "invalid-value", text(failure));
        }
        return null;
    }

    private static Problem vendor(VendorException failure) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("vendor", failure.vendor());
        details.put("vendor_code", failure.code());
        details.put("vendor_status", failure.status());
        Duration wait = failure.retryAfter().orElse(Duration.ofSeconds(10));
        return switch (failure.kind()) {
            case NOT_SENT, TRANSIENT -> Problem.of(503, "vendor-unavailable", text(failure), details, wait);
            case RATE_LIMITED -> Problem.of(503, "vendor-rate-limited", text(failure), details, wait);
            case UNAUTHORISED -> Problem.of(409, "reconnect-needed", text(failure), details, null);
            case EXHAUSTED -> Problem.of(409, "vendor-exhausted", text(failure), details, null);
            case REJECTED -> Problem.of(422, "vendor-rejected", text(failure), details, null);
            case GONE -> Problem.of(404, "gone-at-vendor", text(failure), details, null);
        };
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? "no reason was given" : message;
    }
}
