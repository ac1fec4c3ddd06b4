package io.caravan.hub.connectors.cjdropshipping;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The account's own settings, which prove the token for no points. CJ tells no limit in headers; here it does, so the
 * exchange variable {@code limits} is set from it: {@code per_second_limit}, and {@code per_day_limit}, the smallest of
 * the interfaces that have one.
 */
public final class CjAccount {

    private static final String PER_DAY = "4";

    /** Shape: in, the parsed envelope; out, {@code {open_id, root, sandbox, per_second_limit?}}. */
    public void proof(Exchange exchange) {
        Map<?, ?> data = CjJson.map(CjJson.map(exchange.getMessage().getBody()).get("data"));
        String openId = CjJson.text(data, "openId");
        if (openId.isEmpty()) {
            throw CjJson.unreadable("settings without an openId");
        }
        if (CjJson.text(data, "root").equals("NO_PERMISSION")) {
            throw new VendorException(
                    ErrorKind.UNAUTHORISED,
                    "cjdropshipping",
                    "no-permission",
                    200,
                    "knows the account and allows it nothing, authorise the API store there",
                    "");
        }
        Map<String, Long> limits = limits(CjJson.map(data.get("setting")));
        if (!limits.isEmpty()) {
            exchange.setVariable("limits", Map.copyOf(limits));
        }
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("open_id", openId);
        proof.put("root", CjJson.text(data, "root"));
        proof.put("sandbox", CjJson.text(data, "isSandbox"));
        proof.putAll(limits);
        exchange.getMessage().setBody(proof);
    }

    private static Map<String, Long> limits(Map<?, ?> setting) {
        Map<String, Long> limits = new LinkedHashMap<>();
        put(limits, "per_second_limit", CjJson.text(setting, "qpsLimit"));
        for (Object one : CjJson.list(setting.get("quotaLimits"))) {
            Map<?, ?> quota = CjJson.map(one);
            if (CjJson.text(quota, "quotaType").equals(PER_DAY)) {
                put(limits, "per_day_limit", CjJson.text(quota, "quotaLimit"));
            }
        }
        return limits;
    }

    private static void put(Map<String, Long> limits, String name, String number) {
        if (number.matches("[0-9]{1,9}")) {
            limits.merge(name, Long.valueOf(number), Math::min);
        }
    }
}
