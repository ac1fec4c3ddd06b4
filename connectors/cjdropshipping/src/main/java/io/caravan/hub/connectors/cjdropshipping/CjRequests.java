package io.caravan.hub.connectors.cjdropshipping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/**
 * What a route asks, as CJ's requests. Unknown parameters are ignored by CJ without a word ({@code keyword} for
 * {@code keyWord} gives the same first page for every question), hence the exact names.
 */
public final class CjRequests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_PAGE = 100;
    private static final int LAST_PAGE = 1_000;
    private static final String CHINA = "CN";

    /** Shape: in, {@code {product_id}}; out, the product with its variants and their stock. */
    public CjCall product(@Body Map<?, ?> ask) {
        return CjCall.get(
                "/product/query", pair("pid", id(ask, "product_id")) + "&" + pair("features", "enable_inventory"));
    }

    /** Shape: in, {@code {q, page, size}}; pages count from 1, CJ has at most 1,000 of at most 100 products. */
    public CjCall search(@Body Map<?, ?> ask) {
        String q = Checks.text("q", CjJson.text(ask, "q"), 200);
        String page = CjJson.text(ask, "page");
        long number = page.isEmpty() ? 1 : whole("page", page, LAST_PAGE);
        String size = CjJson.text(ask, "size");
        long rows = size.isEmpty() ? 20 : Math.min(LARGEST_PAGE, whole("size", size, 10_000));
        return CjCall.get("/product/listV2", pair("keyWord", q) + "&page=" + number + "&size=" + rows);
    }

    /** Shape: in, {@code {variant_id, quantity, ship_to}}; the parcel starts in the country of setting {@code shipsFrom}. */
    public CjCall freight(@Body Map<?, ?> ask, @Variable(Names.CONNECTION) Connection connection) {
        String quantity = CjJson.text(ask, "quantity");
        Map<String, Object> product = new LinkedHashMap<>();
        product.put("quantity", quantity.isEmpty() ? 1 : whole("quantity", quantity, 100_000));
        product.put("vid", id(ask, "variant_id"));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("startCountryCode", shipsFrom(connection));
        body.put("endCountryCode", country("ship_to", CjJson.text(ask, "ship_to")));
        body.put("products", List.of(product));
        try {
            return CjCall.post("/logistic/freightCalculate", JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    /**
     * Puts the request of variable {@value CjToken#CALL} into the message, with the token and without a "Bearer". The query
     * goes into {@code CamelHttpQuery} and not into the endpoint's address, where {@code {{...}}} in a search would be
     * resolved as a property; no other header is there by now.
     */
    public void write(Exchange exchange) {
        CjCall call = exchange.getVariable(CjToken.CALL, CjCall.class);
        Connection connection = exchange.getVariable(Names.CONNECTION, Connection.class);
        Message message = exchange.getMessage();
        message.setHeader("CJ-Access-Token", connection.secret("accessToken"));
        if (!call.query().isEmpty()) {
            message.setHeader(Exchange.HTTP_QUERY, call.query());
        }
        if (!call.payload().isEmpty()) {
            message.setHeader("Content-Type", "application/json; charset=utf-8");
        }
        message.setBody(call.payload());
    }

    /** What CJ allows this account; costs no points. */
    public CjCall settings() {
        return CjCall.get("/setting/get", "");
    }

    static String shipsFrom(Connection connection) {
        return country("setting shipsFrom", connection.settingOr("shipsFrom", CHINA));
    }

    private static String id(Map<?, ?> ask, String field) {
        return Checks.id(field, CjJson.text(ask, field));
    }

    private static String country(String field, String code) {
        if (!code.matches("[A-Z]{2}")) {
            throw new IllegalArgumentException(field + " must be a country of two capital letters (ISO 3166-1)");
        }
        return code;
    }

    private static long whole(String field, String text, long max) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException(field + " must be a whole number");
        }
        return Checks.within(field, Long.parseLong(text), 1, max);
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
