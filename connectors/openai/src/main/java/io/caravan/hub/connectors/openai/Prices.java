package io.caravan.hub.connectors.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/**
 * What a call costs, in millionths of a US dollar, rounded up. A model that the table does not know is counted at the
 * table's dearest price, so that a budget is never overdrawn by a new name; a dated snapshot costs what its model costs.
 */
final class Prices {

    private static final long PER = 1_000_000;
    private static final String SNAPSHOT = "-[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    private final Properties table = new Properties();

    Prices() {
        try (InputStream in = Prices.class.getResourceAsStream("/openai/prices.properties")) {
            if (in == null) {
                throw new IllegalStateException("openai/prices.properties is missing from the class path");
            }
            table.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param usage the answer's {@code usage}; an empty one is counted as the table's {@code untold} amount */
    long chat(String model, Map<?, ?> usage) {
        if (usage.isEmpty()) {
            return price(model, "untold");
        }
        long prompt = Vendor.number(usage, "prompt_tokens");
        long cached = Math.min(prompt, Vendor.number(Vendor.map(usage, "prompt_tokens_details"), "cached_tokens"));
        return micros((prompt - cached) * price(model, "input")
                + cached * price(model, "cached")
                + Vendor.number(usage, "completion_tokens") * price(model, "output"));
    }

    /** @param usage as of {@link #chat}; reasons in text and image tokens, which are priced apart */
    long image(String model, Map<?, ?> usage) {
        if (usage.isEmpty()) {
            return price(model, "untold");
        }
        Map<?, ?> details = Vendor.map(usage, "input_tokens_details");
        long pictures = Vendor.number(details, "image_tokens");
        long text = Math.max(0, Vendor.number(usage, "input_tokens") - pictures);
        return micros(text * price(model, "input")
                + pictures * price(model, "image-input")
                + Vendor.number(usage, "output_tokens") * price(model, "output"));
    }

    private static long micros(long tokensTimesPrice) {
        return (tokensTimesPrice + PER - 1) / PER;
    }

    private long price(String model, String what) {
        String plain = model.replaceFirst(SNAPSHOT, "");
        String family =
                table.containsKey(plain + ".output") ? plain : model.contains("image") ? "other-image" : "other";
        String value = table.getProperty(family + "." + what, table.getProperty(family + ".input"));
        return Long.parseLong(value.trim());
    }
}
