package io.caravan.hub.routes.proof;

import io.caravan.hub.connectors.delivery.effect.Shape;
import io.caravan.hub.model.ErrorKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The 32 things that vendors and the way to them do. Each is one strike or several, one after the other on the same
 * request of a cell, and says which kinds of failure may come of it; none said means that any kind will do, or success.
 */
enum VendorFault {
    REFUSED(Set.of(ErrorKind.NOT_SENT), way("refused", Ways::refused)),
    DNS_FAILS(Set.of(ErrorKind.NOT_SENT), way("no such host", Ways::noName)),
    BAD_TLS(
            Set.of(ErrorKind.NOT_SENT, ErrorKind.TRANSIENT),
            way("untrusted", Ways::untrusted),
            way("no TLS there", Ways::noTls)),
    BLACK_HOLE(Set.of(ErrorKind.NOT_SENT), way("SYN dropped", Ways::blackHole)),
    NEVER_READ(Set.of(ErrorKind.TRANSIENT), way("never read", Ways::neverRead)),
    TIMEOUT_BEFORE(Set.of(ErrorKind.TRANSIENT), wire("held, nothing done", Visit::hold)),
    TIMEOUT_AFTER(Set.of(ErrorKind.TRANSIENT), wire("done and held", visit -> {
        visit.act();
        visit.hold();
    })),
    LATE_EFFECT(Set.of(ErrorKind.TRANSIENT), wire("done late", visit -> {
        visit.actIn(Times.RESPONSE_MS + Times.LATE_MS);
        visit.hold();
    })),
    RESET_BEFORE(Set.of(ErrorKind.TRANSIENT), wire("reset, nothing done", Visit::reset)),
    RESET_AFTER(Set.of(ErrorKind.TRANSIENT), wire("done and reset", visit -> {
        visit.act();
        visit.reset();
    })),
    S500_BEFORE(Set.of(ErrorKind.TRANSIENT), said(500, "", "{\"error\":\"oops\"}")),
    S500_AFTER(Set.of(ErrorKind.TRANSIENT), done(500, "", "{\"error\":\"oops\"}")),
    S503_HTML(
            Set.of(ErrorKind.TRANSIENT),
            said(502, "Content-Type: text/html\r\n", Hostile.CAPTCHA),
            said(503, "Content-Type: text/html\r\n", Hostile.CAPTCHA)),
    S429_SECONDS(Set.of(ErrorKind.RATE_LIMITED), said(429, "Retry-After: " + Times.WAIT_S + "\r\n", "{}")),
    S429_DATE(Set.of(ErrorKind.RATE_LIMITED), wire("429 until a date", visit -> limited(visit, 0))),
    S429_BARE(Set.of(ErrorKind.RATE_LIMITED), said(429, "", "{}")),
    DRIP(
            Set.of(ErrorKind.TRANSIENT),
            wire("done and dripped", visit -> visit.drip(visit.act(), Times.RESPONSE_MS / 5))),
    SHORT_BODY(Set.of(), wire("done, body short", visit -> {
        byte[] answer = visit.act();
        byte[] body = Visit.body(answer);
        visit.send(("HTTP/1.1 " + Visit.status(answer) + " OK\r\n" + Visit.headers(answer, "none") + "Content-Length: "
                        + (body.length + 100) + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        visit.send(body);
        visit.close();
    })),
    CUT_JSON(Set.of(), wire("done, JSON cut", visit -> {
        byte[] body = Visit.body(visit.act());
        visit.answer(
                200, "Content-Type: application/json\r\n", java.util.Arrays.copyOf(body, Math.max(1, body.length / 2)));
    })),
    HTML_200(Set.of(), said(200, "Content-Type: text/html; charset=utf-8\r\n", Hostile.CAPTCHA)),
    EMPTY_200(Set.of(), done(200, "", ""), done(204, "", "")),
    ERROR_IN_200(Set.of(), said(200, "Content-Type: application/json\r\n", Hostile.ERROR_INSIDE)),
    HUGE_BODY(Set.of(ErrorKind.TRANSIENT), wire("50 MB", Hostile::huge), wire("gzip bomb", Hostile::bomb)) {
        /** Ended by its size, or by its time on a busy machine; not read to its end and then found to be nonsense. */
        @Override
        boolean names(String code) {
            return code.equals("too-large") || code.equals("drip") || code.equals("time-out");
        }
    },
    REDIRECT(Set.of(), said(302, "Location: http://169.254.169.254/latest/meta-data/\r\n", ""), lure(307)),
    S401_ONCE(Set.of(), said(401, "WWW-Authenticate: Bearer\r\n", "{\"error\":\"invalid_token\"}")),
    S401_TWICE(
            Set.of(), said(401, "", "{\"error\":\"invalid_token\"}"), said(401, "", "{\"error\":\"invalid_token\"}")),
    S403(Set.of(), said(403, "", "{\"error\":\"forbidden\"}")),
    S409(
            Set.of(),
            done(409, "Content-Type: application/json\r\n", "{\"error\":\"it exists\",\"message\":\"duplicate\"}")),
    INDEX_LAG(Set.of(ErrorKind.TRANSIENT), wire("done, 500, not found for a while", visit -> {
        visit.act();
        visit.line().blind(Times.BLIND_MS);
        visit.answer(500, "", "{}");
    })),
    TWO_FOUND(Set.of(ErrorKind.TRANSIENT), wire("done twice, 500", visit -> {
        visit.act();
        visit.act();
        visit.answer(500, "", "{}");
    })),
    ODD_JSON(
            Set.of(),
            said(200, "Content-Type: application/json\r\n", Hostile.TWICE),
            said(200, "Content-Type: application/json\r\n", Hostile.NAN),
            said(200, "Content-Type: application/json\r\n", Hostile.DEEP)),
    WRONG_CLOCK(
            Set.of(), wire("429, clock an hour ahead", visit -> limited(visit, 3_600)), wire("Date of 1999", visit -> {
                byte[] answer = visit.act();
                visit.answer(
                        Visit.status(answer),
                        Visit.headers(answer, "date") + "Date: Fri, 31 Dec 1999 23:59:59 GMT\r\n",
                        Visit.body(answer));
            }));

    /** What is done to a request. */
    interface Wire {
        void strike(Visit visit) throws IOException;
    }

    /**
     * One blow.
     *
     * @param elsewhere where the call is sent instead, or null
     * @param wire what is done to a request that arrives, or null
     */
    record Strike(
            String name,
            @Nullable Function<Ways, URI> elsewhere,
            @Nullable Wire wire) {}

    private final Set<ErrorKind> kinds;
    private final List<Strike> strikes;

    VendorFault(Set<ErrorKind> kinds, Strike... strikes) {
        this.kinds = kinds;
        this.strikes = List.of(strikes);
    }

    /** Kinds of failure that may come of it. */
    Set<ErrorKind> kinds() {
        return kinds;
    }

    /** Whether a failure with this code is what it should be taken for. */
    boolean names(String code) {
        return !code.isEmpty();
    }

    List<Strike> strikes() {
        return strikes;
    }

    /** Why it can tell nothing about this request of the operation; empty when it can. */
    String pointless(Operation operation, Line.Spot spot) {
        boolean looks = operation.lookup() && operation.shape() != Shape.ONCE && operation.shape() != Shape.REPEATABLE;
        if ((this == INDEX_LAG || this == TWO_FOUND) && !(looks && spot.call().contains("-create"))) {
            return "nothing is looked up after it";
        }
        boolean talk = this == HTML_200 || this == ERROR_IN_200 || this == ODD_JSON;
        return talk && Flow.of(operation).anySuccess() ? "whatever the body of a success says" : "";
    }

    /** The way to the vendor is a call's, not each of its requests'. */
    List<Line.Spot> spots(List<Line.Spot> all) {
        return strikes.get(0).elsewhere() == null
                ? all
                : all.stream()
                        .map(spot -> new Line.Spot(spot.call(), 0))
                        .distinct()
                        .toList();
    }

    private static Strike way(String name, Function<Ways, URI> elsewhere) {
        return new Strike(name, elsewhere, null);
    }

    private static Strike wire(String name, Wire wire) {
        return new Strike(name, null, wire);
    }

    /** Nothing is done. */
    private static Strike said(int status, String headers, String body) {
        return wire(status + ", nothing done", visit -> visit.answer(status, headers, body));
    }

    /** The effect happens, and the answer is another. */
    private static Strike done(int status, String headers, String body) {
        return wire(status + ", done", visit -> {
            visit.act();
            visit.answer(status, headers, body);
        });
    }

    private static Strike lure(int status) {
        return wire(
                status + " to another host",
                visit -> visit.answer(status, "Location: " + visit.line().canary() + "/\r\n", ""));
    }

    /** @param ahead seconds that the vendor's clock is wrong by */
    private static void limited(Visit visit, long ahead) throws IOException {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(ahead);
        DateTimeFormatter date = DateTimeFormatter.RFC_1123_DATE_TIME;
        // a date has no fractions: one second more is at least one second
        visit.answer(
                429,
                "Date: " + date.format(now) + "\r\nRetry-After: " + date.format(now.plusSeconds(Times.WAIT_S + 1))
                        + "\r\n",
                "{}");
    }
}
