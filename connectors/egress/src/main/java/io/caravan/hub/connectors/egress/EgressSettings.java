package io.caravan.hub.connectors.egress;

import java.time.Duration;

/**
 * Bounds of every call to a vendor.
 *
 * @param connect until a connection stands. Defaults to 3 s.
 * @param response until the next bytes of an answer; a Kamelet may ask for another with {@code responseTimeout}. Defaults to 15 s.
 * @param grace added to {@code response} for the whole of a call, against answers that drip. Defaults to 10 s.
 * @param maxBody largest answer in bytes. Defaults to 30 MB, for pictures.
 * @param connectionsPerHost Defaults to 32.
 */
public record EgressSettings(
        Duration connect, Duration response, Duration grace, long maxBody, int connectionsPerHost) {

    public static EgressSettings defaults() {
        return new EgressSettings(
                Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(10), 30L * 1024 * 1024, 32);
    }
}
