package io.caravan.hub.connectors.printify.sandbox;

import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.RateWindow;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Printify's four limits; none of its refusals tells a wait. Too many refused requests are a limit too. */
final class Limits {

    private static final Duration RATIO_WINDOW = Duration.ofMinutes(5);
    /** So few requests prove nothing. */
    private static final int LEAST = 40;

    private final SandboxState state;
    private final Map<String, RateWindow> windows = new HashMap<>();
    private final Deque<Outcome> outcomes = new ArrayDeque<>();

    private record Outcome(long at, boolean refused) {}

    Limits(SandboxState state) {
        this.state = state;
    }

    synchronized @Nullable Answer over(Call call) {
        boolean over = take("per_minute", 600, Duration.ofMinutes(1));
        if (call.path().startsWith("/v1/catalog/")) {
            over |= take("catalog_per_minute", 100, Duration.ofMinutes(1));
        }
        if (call.path().endsWith("/publish.json")) {
            over |= take("publishes_per_half_hour", 200, Duration.ofMinutes(30));
        }
        return over || tooManyRefused()
                ? Envelopes.refusal(429, 429, "Too Many Attempts.", "Rate limit exceeded")
                : null;
    }

    synchronized void count(boolean refused) {
        outcomes.addLast(new Outcome(System.nanoTime(), refused));
    }

    private boolean take(String name, long otherwise, Duration length) {
        int cap = (int) PrintifySandbox.setting(state, name, otherwise);
        RateWindow window = windows.get(name);
        if (window == null || window.cap() != cap) {
            window = new RateWindow(cap, length);
            windows.put(name, window);
        }
        return window.take() < 0;
    }

    private boolean tooManyRefused() {
        long now = System.nanoTime();
        while (!outcomes.isEmpty() && now - outcomes.peekFirst().at() > RATIO_WINDOW.toNanos()) {
            outcomes.removeFirst();
        }
        long refused = outcomes.stream().filter(Outcome::refused).count();
        return outcomes.size() >= LEAST
                && refused * 100 > outcomes.size() * PrintifySandbox.setting(state, "error_percent", 5);
    }
}
