package io.caravan.hub.config.web;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Thrown to answer a request with a problem of our own choosing. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private Refusal(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /**
     * @param code kebab case, stable; clients switch on it
     * @param message for the person who reads the answer: what is wrong and what to do
     */
    public static Refusal of(int status, String code, String message, Map<String, ?> details) {
        return of(status, code, message, details, null);
    }

    public static Refusal of(
            int status, String code, String message, Map<String, ?> details, @Nullable Duration retryAfter) {
        return new Refusal(Problem.of(status, code, message, details, retryAfter));
    }

    public Problem problem() {
        return problem;
    }
}
