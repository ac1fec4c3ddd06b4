package io.caravan.hub.connectors.shopify.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal inside a success; ends a change before anything of it is kept. */
final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<String> field;
    private final @Nullable String code;

    UserError(@Nullable String code, String message, String... field) {
        super(message, null, false, false);
        this.code = code;
        this.field = field.length == 0 ? null : List.of(field);
    }

    Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("field", field);
        view.put("message", getMessage());
        view.put("code", code);
        return view;
    }
}
