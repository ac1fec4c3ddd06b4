package io.caravan.hub.connectors.shopify;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shopify says no in four places: the status; {@code {"errors": text}}; {@code {"errors": [{message, extensions.code}]}}
 * with status 200; and {@code userErrors} inside the data, which {@link UserErrors} reads.
 * Source: https://shopify.dev/docs/api/admin-graphql#status-and-error-codes, read 2026-11-20.
 */
public class ShopifyErrors extends VendorErrors {

    private static final Pattern SCOPE = Pattern.compile("`?((?:read|write)_[a-z_]+)`?");

    public ShopifyErrors() {
        super("shopify");
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        Map<String, Object> map = ShopifyJson.map(body);
        if (reply.success()) {
            List<?> errors = ShopifyJson.list(map.get("errors"));
            if (!errors.isEmpty()) {
                return Optional.of(first(errors));
            }
            return body == null || map.get("data") instanceof Map<?, ?>
                    ? Optional.empty()
                    : Optional.of(new Fault(ErrorKind.TRANSIENT, "unreadable", "gave an answer without data"));
        }
        String said = said(map);
        return Optional.ofNullable(
                switch (reply.status()) {
                    case 401 ->
                        new Fault(ErrorKind.UNAUTHORISED, "http-401", "refused the credential accessToken: " + said);
                    case 402 ->
                        new Fault(ErrorKind.EXHAUSTED, "shop-frozen", "the shop is frozen until it is paid: " + said);
                    // a page in the way says nothing about the credential
                    case 403 ->
                        reply.json()
                                ? new Fault(
                                        ErrorKind.UNAUTHORISED, "http-403", "does not allow it to this app: " + said)
                                : new Fault(ErrorKind.TRANSIENT, "blocked", "a page stands in the way (403)");
                    // of the whole API, not of an object: a look-up must not take it for "not there"
                    case 404 ->
                        new Fault(
                                ErrorKind.UNAUTHORISED,
                                "no-shop",
                                "there is no shop at this address, check the connection: " + said);
                    case 423 -> new Fault(ErrorKind.EXHAUSTED, "shop-locked", "the shop is locked: " + said);
                    case 430 -> new Fault(ErrorKind.RATE_LIMITED, "http-430", "asks to slow down (430): " + said);
                    default -> null;
                });
    }

    /** A throttled query has to wait until the bucket holds what it costs. */
    @Override
    protected Optional<Duration> retryAfter(Reply reply, @Nullable Object body) {
        Optional<Duration> told =
                Points.of(body).filter(points -> reply.success()).map(Points::shortfall);
        return told.isPresent() ? told : super.retryAfter(reply, body);
    }

    private static Fault first(List<?> errors) {
        Map<String, Object> error = ShopifyJson.map(errors.get(0));
        Map<String, Object> extensions = ShopifyJson.map(error.get("extensions"));
        String code = ShopifyJson.text(extensions, "code");
        String said = ShopifyJson.text(error, "message");
        return switch (code) {
            case "THROTTLED" -> new Fault(ErrorKind.RATE_LIMITED, code, "asks to slow down: " + said);
            case "ACCESS_DENIED" ->
                new Fault(
                        ErrorKind.UNAUTHORISED,
                        code,
                        "the app lacks the scope " + scope(extensions, said) + ": " + said);
            case "MAX_COST_EXCEEDED" -> new Fault(ErrorKind.REJECTED, code, "the query is too large: " + said);
            case "SHOP_INACTIVE" -> new Fault(ErrorKind.EXHAUSTED, code, "the shop is not active: " + said);
            case "INTERNAL_SERVER_ERROR", "TIMEOUT", "" ->
                new Fault(
                        ErrorKind.TRANSIENT,
                        code.isEmpty() ? "errors" : code,
                        "failed (200); the change may have happened: " + said);
            default -> new Fault(ErrorKind.REJECTED, code, "refused the request: " + said);
        };
    }

    private static String scope(Map<String, Object> extensions, String said) {
        Matcher scope = SCOPE.matcher(ShopifyJson.text(extensions, "requiredAccess") + " " + said);
        return scope.find() ? scope.group(1) : "for it";
    }

    private static String said(Map<String, Object> body) {
        Object errors = body.get("errors");
        return errors == null ? "no reason given" : errors.toString();
    }
}
