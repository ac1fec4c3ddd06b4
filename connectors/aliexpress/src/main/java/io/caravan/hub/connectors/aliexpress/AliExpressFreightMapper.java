package io.caravan.hub.connectors.aliexpress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.ShippingOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** {@code aliexpress.ds.freight.query} and its answer. Wants the number of the SKU; an order wants its attributes. */
public final class AliExpressFreightMapper {

    static final String METHOD = "aliexpress.ds.freight.query";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Shape: in, {@code {product_id, variant_id, quantity, ship_to, currency, language}}; out, a call with one parameter
     * that is JSON in itself, all its values texts.
     *
     * @throws IllegalArgumentException naming the field that is none
     */
    public AliExpressCall request(@Body @Nullable Object body) {
        Asked asked = Asked.of(body);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("quantity", String.valueOf(asked.quantity()));
        query.put("shipToCountry", asked.shipTo());
        query.put("productId", asked.productId());
        query.put("selectedSkuId", asked.variantId());
        query.put("language", asked.locale());
        query.put("currency", asked.currency());
        query.put("locale", asked.locale());
        try {
            return AliExpressCall.business(METHOD, Map.of("queryDeliveryReq", JSON.writeValueAsString(query)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a Map of texts is always JSON", e);
        }
    }

    /**
     * Shape: out, empty when it does not ship there.
     *
     * @throws io.caravan.hub.model.VendorException REJECTED with the vendor's reason, TRANSIENT when nothing of the reply
     *     can be read
     */
    public List<ShippingOption> options(@Body @Nullable Object reply, @Variable("aliexpressAsked") Object body) {
        Asked asked = Asked.of(body);
        Map<?, ?> result =
                AliExpressReply.map(AliExpressReply.root(reply, METHOD).get("result"));
        String code = AliExpressReply.text(result, "code");
        String said = AliExpressReply.text(result, "msg");
        if (said.equals("DELIVERY_INFO_EMPTY")) {
            return List.of();
        }
        if (!AliExpressReply.text(result, "success").equals("true")) {
            throw AliExpressReply.failure(
                    code.isEmpty() || code.equals("500") ? ErrorKind.TRANSIENT : ErrorKind.REJECTED,
                    code.isEmpty() ? "unreadable" : code,
                    "gave no freight: " + said);
        }
        List<?> told = AliExpressReply.list(result.get("delivery_options"));
        List<ShippingOption> options = new ArrayList<>();
        for (Object one : told) {
            option(AliExpressReply.map(one), asked).ifPresent(options::add);
        }
        if (options.isEmpty() && !told.isEmpty()) {
            // an empty list would say that it does not ship there
            throw AliExpressReply.unreadable("freight without a usable service or price");
        }
        return List.copyOf(options);
    }

    private static Optional<ShippingOption> option(Map<?, ?> option, Asked asked) {
        String service = AliExpressReply.text(option, "code");
        String currency = AliExpressReply.text(option, "shipping_fee_currency");
        boolean free = AliExpressReply.text(option, "free_shipping").equals("true");
        // major units, whatever its name says
        String fee = free ? "0" : AliExpressReply.text(option, "shipping_fee_cent");
        Optional<Money> cost = AliExpressReply.money(fee, currency.isEmpty() ? asked.currency() : currency);
        String from = AliExpressReply.text(option, "ship_from_country").toUpperCase(Locale.ROOT);
        return service.isEmpty()
                ? Optional.empty()
                : cost.map(money -> new ShippingOption(
                        service,
                        money,
                        days(option, "min_delivery_days"),
                        days(option, "max_delivery_days"),
                        from.matches("[A-Z]{2}") ? from : "",
                        AliExpressReply.text(option, "tracking").equals("true")));
    }

    private static @Nullable Integer days(Map<?, ?> option, String field) {
        Long days = AliExpressReply.number(option, field);
        return days == null || days > 1_000 ? null : Integer.valueOf(days.intValue());
    }
}
