package io.caravan.hub.connectors.egress;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code suppliers/<supplier>.yaml} of the class path, read strictly: a key that nobody knows is a mistake. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SupplierFile(
        String supplier,
        String name,
        List<String> productUrls,
        String productIds,
        Map<String, Boolean> capabilities,
        List<String> credentials,
        @Nullable String fallback,
        String note) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static SupplierFile of(String supplier) {
        URL file = resource("suppliers/" + supplier + ".yaml");
        if (file == null) {
            throw new IllegalStateException("suppliers/" + supplier + ".yaml is not on the class path");
        }
        try (InputStream in = file.openStream()) {
            return YAML.readValue(in, SupplierFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean can(String capability) {
        return Boolean.TRUE.equals(capabilities.get(capability));
    }

    /** The Kamelet of an operation: {@code product} of {@code aliexpress} is {@code kamelet:aliexpress-product-action}. */
    String kamelet(String operation) {
        return "kamelet:" + supplier + "-" + operation + "-action";
    }

    boolean has(String operation) {
        return resource("kamelets/" + supplier + "-" + operation + "-action.kamelet.yaml") != null;
    }

    /**
     * The ids that the patterns find in an address. The application may match the whole address or search in it, so a
     * good pattern gives the same answer both ways: {@code whole} asks for the first.
     */
    List<String> idsIn(String url, boolean whole) {
        List<String> ids = new ArrayList<>();
        for (String pattern : productUrls) {
            Matcher matcher = Pattern.compile(pattern).matcher(url);
            if (whole ? matcher.matches() : matcher.find()) {
                ids.add(Optional.ofNullable(matcher.group("id")).orElse(""));
            }
        }
        return ids;
    }

    private static @Nullable URL resource(String name) {
        return Thread.currentThread().getContextClassLoader().getResource(name);
    }
}
