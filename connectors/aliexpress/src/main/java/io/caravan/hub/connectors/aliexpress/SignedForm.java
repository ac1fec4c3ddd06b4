package io.caravan.hub.connectors.aliexpress;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A form that is dated and signed when it is written: a caller's error handler sends the same body again, and a
 * timestamp of the first try may be too old by then. Its length never changes, since dates and signatures have one length.
 */
final class SignedForm extends AbstractHttpEntity {

    private final Map<String, String> params;
    private final String signedPath;
    private final String secret;
    private final Clock clock;
    private final long length;

    /** @param params all but {@code timestamp} and {@code sign} */
    SignedForm(Map<String, String> params, String signedPath, String secret, Clock clock) {
        super("application/x-www-form-urlencoded;charset=utf-8", null);
        this.params = Map.copyOf(params);
        this.signedPath = signedPath;
        this.secret = secret;
        this.clock = clock;
        this.length = bytes().length;
    }

    byte[] bytes() {
        Map<String, String> all = new TreeMap<>();
        params.forEach((name, value) -> {
            if (!value.isEmpty()) {
                all.put(name, value);
            }
        });
        all.put("timestamp", String.valueOf(clock.millis()));
        all.put("sign", AliExpressSigner.sign(secret, signedPath, all));
        StringBuilder form = new StringBuilder();
        all.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(bytes());
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void close() {}

    /** Holds credentials, and bodies are logged. */
    @Override
    public String toString() {
        return "SignedForm[" + params.getOrDefault("method", signedPath) + "]";
    }
}
