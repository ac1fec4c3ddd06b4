package io.caravan.hub.enrich.product;

import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which pictures a product needs and which of them belongs to a variant: its own, else that of its option value. */
final class Pictures {

    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://[^\\s\"'<>\\\\^`{|}]{3,1900}");

    private final Map<String, Map<String, String>> ofValues = new HashMap<>();
    private final Set<String> urls = new LinkedHashSet<>();
    private final List<Axis> axes;
    private final List<Loss> losses;
    private final int most;

    Pictures(SupplierProduct product, ImportRules rules, int most, List<Loss> losses) {
        this.axes = product.axes();
        this.losses = losses;
        this.most = most;
        int usable = 0;
        for (String image : product.images()) {
            String url = url("images[]", image);
            if (url != null && ++usable <= rules.maxImages()) {
                urls.add(url);
            }
        }
        if (usable > rules.maxImages()) {
            losses.add(Loss.dropped("images[]", (usable - rules.maxImages()) + " beyond max_images"));
        }
        for (Axis axis : axes) {
            Map<String, String> images = new HashMap<>();
            for (Axis.Value value : axis.values()) {
                String url = url("axes[].values[].image", value.image());
                if (url != null) {
                    images.put(value.id(), url);
                }
            }
            ofValues.put(axis.id(), images);
        }
    }

    /** The gallery, then the pictures that variants were given. */
    List<String> urls() {
        return List.copyOf(urls);
    }

    @Nullable
    String of(SupplierVariant variant) {
        String own = url("variants[].image", variant.image());
        for (Axis axis : axes) {
            if (own == null) {
                own = ofValues.getOrDefault(axis.id(), Map.of())
                        .get(variant.options().get(axis.id()));
            }
        }
        if (own == null || urls.contains(own)) {
            return own;
        }
        if (urls.size() >= most) {
            losses.add(Loss.dropped("variants[].image", "a product holds at most " + most + " pictures"));
            return null;
        }
        urls.add(own);
        return own;
    }

    private @Nullable String url(String field, @Nullable String raw) {
        if (raw == null || raw.isBlank()) {
            return null;
        }
        String url = raw.strip();
        if (url.startsWith("//")) {
            url = "https:" + url;
        }
        if (!ABSOLUTE.matcher(url).matches()) {
            losses.add(Loss.refused(field, "is no http or https address"));
            return null;
        }
        return url;
    }
}
