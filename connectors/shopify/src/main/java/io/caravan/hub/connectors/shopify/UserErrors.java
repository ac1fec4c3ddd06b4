package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refusals inside a success: {@code userErrors [{field, message, code}]} of a mutation that was answered 200. */
final class UserErrors {

    /** The engine takes it for "somebody was there before" and looks up. */
    private static final int CONFLICT = 409;

    private UserErrors() {}

    /**
     * The mutation's payload, when it has no errors.
     *
     * @throws VendorException of kind REJECTED naming the fields; of kind TRANSIENT when the change met another one
     */
    static Map<String, Object> check(Map<String, Object> data, String mutation) {
        if (!(data.get(mutation) instanceof Map<?, ?>)) {
            throw ShopifyJson.unreadable("no result of " + mutation);
        }
        Map<String, Object> payload = ShopifyJson.map(data.get(mutation));
        check(mutation, payload.get("userErrors"));
        return payload;
    }

    static void check(String mutation, @Nullable Object userErrors) {
        List<Map<String, Object>> errors =
                ShopifyJson.list(userErrors).stream().map(ShopifyJson::map).toList();
        if (errors.isEmpty()) {
            return;
        }
        String said = errors.stream().limit(10).map(UserErrors::line).collect(Collectors.joining("; "));
        String code = ShopifyJson.text(errors.get(0), "code");
        String lower = said.toLowerCase(java.util.Locale.ROOT);
        switch (code) {
            case "HANDLE_NOT_UNIQUE" ->
                throw new VendorException(ErrorKind.REJECTED, "shopify", code, CONFLICT, mutation + ": " + said, "");
            case "CHANGE_FROM_QUANTITY_STALE", "COMPARE_QUANTITY_STALE" ->
                throw ShopifyJson.unknown(code, "the stock changed while it was being set: " + said);
            case "IDEMPOTENCY_CONCURRENT_REQUEST", "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED", "JOB_ERROR" ->
                throw ShopifyJson.unknown(code, mutation + ": " + said);
            case "PRODUCT_DOES_NOT_EXIST", "NOT_FOUND" -> throw gone(code, mutation + ": " + said);
            default -> {
                if (lower.contains("product does not exist")) {
                    throw gone("PRODUCT_DOES_NOT_EXIST", mutation + ": " + said);
                }
                throw ShopifyJson.refused(code.isEmpty() ? "user-error" : code, mutation + " refused: " + said);
            }
        }
    }

    private static VendorException gone(String code, String message) {
        return new VendorException(ErrorKind.GONE, "shopify", code, 200, message, "");
    }

    /** {@code input.variants.3.price: must be positive (INVALID_VARIANT)}. */
    private static String line(Map<String, Object> error) {
        String field = ShopifyJson.list(error.get("field")).stream()
                .map(String::valueOf)
                .collect(Collectors.joining("."));
        String code = ShopifyJson.text(error, "code");
        return (field.isEmpty() ? "" : field + ": ")
                + ShopifyJson.text(error, "message")
                + (code.isEmpty() ? "" : " (" + code + ")");
    }
}
