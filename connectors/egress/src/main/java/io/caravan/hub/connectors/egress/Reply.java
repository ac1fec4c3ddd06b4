package io.caravan.hub.connectors.egress;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A vendor's answer before anyone believes it.
 *
 * @param headers names in any case
 */
public record Reply(int status, Map<String, String> headers, byte[] body) {

    static Reply of(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        message.getHeaders().forEach((name, value) -> {
            if (value != null) {
                headers.put(name, value.toString());
            }
        });
        byte[] body = message.getBody(byte[].class);
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return new Reply(status == null ? 0 : status, headers, body == null ? new byte[0] : body);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> !value.isBlank());
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public boolean success() {
        return status >= 200 && status < 300;
    }

    /** Whether it says that it is JSON; pages of captcha and gateways say that they are HTML, whatever their status. */
    public boolean json() {
        return header("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT).contains("json"))
                .orElse(false);
    }
}
