package io.caravan.hub.connectors.cjdropshipping.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.RateWindow;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Three limits: accounts from one address, calls in a second by the account's level, points in a day of UTC. */
final class Meter {

    private static final int ACCOUNTS = 3;
    private static final long REMEMBERED = Duration.ofMinutes(10).toNanos();
    private static final Map<String, Integer> POINTS = Map.of(
            "/product/listV2", 50,
            "/product/list", 50,
            "/product/query", 10,
            "/product/stock/getInventoryByPid", 10,
            "/logistic/freightCalculate", 10);

    private final SandboxState state;
    private final int perSecond;
    private final int perDay;
    private final Map<String, RateWindow> seconds = new HashMap<>();
    private final Map<String, Long> seen = new LinkedHashMap<>();

    Meter(SandboxState state, int perSecond, int perDay) {
        this.state = state;
        this.perSecond = perSecond;
        this.perDay = perDay;
    }

    /** Null when the call is within all limits, and then counted. */
    @Nullable
    synchronized Answer refusal(String user, String path) {
        long now = System.nanoTime();
        seen.values().removeIf(last -> now - last > REMEMBERED);
        if (!seen.containsKey(user) && seen.size() >= ACCOUNTS) {
            return Replies.refused(429, 1600200, "Too Many Requests, one ip limit " + ACCOUNTS + " users");
        }
        seen.put(user, now);
        RateWindow second = seconds.computeIfAbsent(user, any -> new RateWindow(perSecond, Duration.ofSeconds(1)));
        if (second.take() < 0) {
            return Replies.refused(1600200, "Too Many Requests, QPS limit is " + perSecond + " time/1second");
        }
        return points(user, POINTS.getOrDefault(path, 0));
    }

    private @Nullable Answer points(String user, int cost) {
        String day = user + "|" + LocalDate.now(ZoneOffset.UTC);
        ObjectNode used = state.get("points", day).orElseGet(SandboxState::object);
        int after = used.path("used").asInt() + cost;
        if (after > perDay) {
            return Replies.refused(1600201, "Quota has been used up");
        }
        if (cost > 0) {
            state.put("points", day, used.put("used", after));
        }
        return null;
    }
}
