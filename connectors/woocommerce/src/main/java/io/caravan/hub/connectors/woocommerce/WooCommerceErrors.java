package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.connectors.egress.VendorText;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A store answers {@code {code, message, data}}, its host answers pages. A page says nothing about the object that was
 * asked for, so a 404 in HTML is never "gone": a look-up would take that for "not there" and create a second one.
 */
public class WooCommerceErrors extends VendorErrors {

    static final String VENDOR = "woocommerce";

    /** Since WooCommerce 9 a taken SKU may also be a product that "was not created". */
    static final Set<String> TAKEN = Set.of("product_invalid_sku", "woocommerce_rest_product_not_created");

    private static final Set<String> UNREADY =
            Set.of("woocommerce_rest_cannot_edit", "woocommerce_rest_cannot_create", "woocommerce_rest_cannot_delete");

    public WooCommerceErrors() {
        super(VENDOR);
    }

    /** As {@link #json}; a store that says that the object is not there leaves an empty body. */
    public final void absent(Exchange exchange) {
        try {
            json(exchange);
        } catch (VendorException e) {
            if (e.kind() != ErrorKind.GONE) {
                throw e;
            }
            exchange.getMessage().setBody("");
        }
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        if (reply.success()) {
            return Optional.empty();
        }
        Map<String, Object> map = WooCommerceJson.map(body);
        String code = code(map);
        return Optional.ofNullable(code.isEmpty() ? page(reply.status()) : refusal(reply.status(), code, map));
    }

    /** The answer of a host, a firewall or a plugin; null leaves it to its status. */
    private static @Nullable Fault page(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                new Fault(
                        ErrorKind.UNAUTHORISED,
                        "moved",
                        "the address redirects (" + status + "); give the connection the store's final https address");
            case 401 ->
                new Fault(
                        ErrorKind.UNAUTHORISED,
                        "http-401",
                        "the host refused the credential before the store saw it; some hosts strip the Authorization header");
            case 403 ->
                new Fault(
                        ErrorKind.UNAUTHORISED,
                        "blocked-by-host",
                        "the host or its firewall answered 403 with a page; it has to let this hub's address in");
            case 404 ->
                new Fault(
                        ErrorKind.UNAUTHORISED,
                        "no-rest-api",
                        "there is no REST API at this address; check it, and that permalinks are not plain");
            default -> null;
        };
    }

    private static @Nullable Fault refusal(int status, String code, Map<String, Object> map) {
        String said = VendorText.plain(WooCommerceJson.text(map, "message").replaceAll("<[^>]{0,200}>", " "));
        if (TAKEN.contains(code) && (code.equals("product_invalid_sku") || said.contains("SKU"))) {
            String owner = WooCommerceJson.idOr(WooCommerceJson.map(map.get("data")), "resource_id");
            return new Fault(
                    ErrorKind.REJECTED,
                    "product_invalid_sku",
                    "has the SKU already" + (owner.isEmpty() ? "" : ", at product " + owner) + ": " + said);
        }
        if (code.matches("woocommerce_(product|variation)_image_upload_error|woocommerce_rest_.*image_upload_error")) {
            return new Fault(
                    ErrorKind.TRANSIENT,
                    code,
                    "could not fetch a picture; the change may have happened without it: " + said);
        }
        if (code.equals("rest_no_route")) {
            return new Fault(ErrorKind.UNAUTHORISED, code, "has no WooCommerce REST API v3 at this address: " + said);
        }
        if (code.matches("woocommerce_rest_product(_variation)?_invalid_id|woocommerce_rest_invalid_id")) {
            return new Fault(ErrorKind.GONE, code, "does not have it: " + said);
        }
        if (status == 401 || status == 403) {
            String hint = UNREADY.contains(code)
                    ? "the key may not write; it needs read/write, and a user who may publish products: "
                    : "refused the credential: ";
            return new Fault(ErrorKind.UNAUTHORISED, code, hint + said);
        }
        if (status == 409) {
            return new Fault(ErrorKind.TRANSIENT, code, "another change of the same object was under way: " + said);
        }
        if (status >= 400 && status < 500 && status != 408 && status != 425 && status != 429) {
            Object params = WooCommerceJson.map(map.get("data")).get("params");
            return new Fault(
                    ErrorKind.REJECTED, code, "refused the request: " + said + (params == null ? "" : " " + params));
        }
        return null;
    }

    /** An error inside an item of a batch, whose answer as a whole is 200. */
    static VendorException item(Map<String, Object> error, String what) {
        Fault fault = refusal(400, code(error), error);
        return fault == null
                ? WooCommerceJson.unreadable("an error without a code for " + what)
                : new VendorException(fault.kind(), VENDOR, fault.code(), 200, what + ": " + fault.message(), "");
    }

    static String code(Map<String, Object> map) {
        String code = WooCommerceJson.text(map, "code");
        return code.isEmpty() ? WooCommerceJson.text(map, "error") : code;
    }

    /** Some hosts print the request with its header. */
    @Override
    protected String clean(String text) {
        return text.replaceAll("(?i)basic\\s+[A-Za-z0-9+/=]{8,}", "Basic ***")
                .replaceAll("\\b(c[ks]_)[A-Za-z0-9]{6,}", "$1***");
    }
}
