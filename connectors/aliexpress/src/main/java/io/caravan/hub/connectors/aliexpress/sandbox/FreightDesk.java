package io.caravan.hub.connectors.aliexpress.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code aliexpress.ds.freight.query}: knows SKUs by their number alone, and says cent where it means major units. */
final class FreightDesk {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Catalogue catalogue;
    private final Recorded recorded;

    FreightDesk(Catalogue catalogue, Recorded recorded) {
        this.catalogue = catalogue;
        this.recorded = recorded;
    }

    Answer query(Map<String, String> params) {
        JsonNode asked = parsed(params.getOrDefault("queryDeliveryReq", ""));
        if (asked == null || asked.path("language").asText().isEmpty()) {
            return Refusal.of("MissingParameter", "The input parameter \"queryDeliveryReq\" is missing", "ISV")
                    .answer(false);
        }
        String country = asked.path("shipToCountry").asText();
        Optional<String> from = from(
                asked.path("productId").asText(), asked.path("selectedSkuId").asText());
        ObjectNode result = SandboxState.object();
        if (from.isEmpty()
                || country.equals("AQ")
                || !asked.path("quantity").asText().matches("[1-9][0-9]*")) {
            result.put("msg", "DELIVERY_INFO_EMPTY").put("code", 501).put("success", false);
        } else {
            String currency = Prices.currency(asked.path("currency").asText());
            ArrayNode options = result.arrayNode();
            options.add(option("CAINIAO_FULFILLMENT_STD", 199, currency, from.get(), country.equals("US")));
            options.add(option("CAINIAO_PREMIUM", 849, currency, from.get(), false));
            result.put("msg", "Call succeeds").put("code", 200).put("success", true);
            ProductDesk.wrap(result, "delivery_options", "delivery_option_d_t_o", options);
        }
        ObjectNode root = SandboxState.object().put("request_id", Refusal.requestId());
        root.set("result", result);
        return Answer.json(200, SandboxState.object().set("aliexpress_ds_freight_query_response", root));
    }

    private Optional<String> from(String product, String sku) {
        if (recorded.sells(product, sku)) {
            return Optional.of("CN");
        }
        return catalogue
                .item(product)
                .filter(item -> !item.is("removed"))
                .flatMap(item -> item.pieces().stream()
                        .filter(piece -> piece.skuId().equals(sku))
                        .findFirst())
                .map(piece -> piece.choices().stream()
                        .map(choice -> choice.value().path("country").asText(""))
                        .filter(country -> !country.isEmpty())
                        .findFirst()
                        .orElse("CN"));
    }

    private static ObjectNode option(String service, long cents, String currency, String from, boolean free) {
        return SandboxState.object()
                .put("code", service)
                .put("company", service.equals("CAINIAO_PREMIUM") ? "AliExpress Premium" : "AliExpress Standard")
                .put("shipping_fee_currency", currency)
                .put("shipping_fee_cent", Prices.of(cents, currency))
                .put("shipping_fee_format", Prices.of(cents, currency) + " " + currency)
                .put("free_shipping", free)
                .put("min_delivery_days", service.equals("CAINIAO_PREMIUM") ? 5 : 9)
                .put("max_delivery_days", service.equals("CAINIAO_PREMIUM") ? 8 : 14)
                .put("guaranteed_delivery_days", "60")
                .put("ship_from_country", from)
                .put("tracking", true)
                .put("available_stock", "76")
                .put("mayHavePFS", false);
    }

    private static @Nullable JsonNode parsed(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
