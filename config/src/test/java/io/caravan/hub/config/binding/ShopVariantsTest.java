package io.caravan.hub.config.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.model.delivery.VendorObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShopVariantsTest {

    private static final String SKU = "TEE-o2lawdsasnfwlm3vdliakwx4vs";

    @Test
    void shouldOfferEachVariantUnderPrintifysSku() {
        List<Map<String, Object>> variants = List.of(
                Map.of("id", 12100, "sku", "27538778516873108953", "options", Map.of("Size", "S")),
                Map.of("id", 12103, "sku", "27538778516873108954", "options", Map.of("Size", "XL")));

        assertThat(ShopVariants.of(made(variants), SKU))
                .containsExactly(
                        Map.of("sku", "27538778516873108953", "options", Map.of("Size", "S")),
                        Map.of("sku", "27538778516873108954", "options", Map.of("Size", "XL")));
    }

    @Test
    void shouldMakeSkusOfItsOwnWhenThoseOfPrintifyAreMissingRepeatedOrTooLong() {
        for (String sku : List.of("", "same", "x".repeat(33))) {
            List<Map<String, Object>> variants = List.of(
                    Map.of("id", 12100, "sku", sku, "title", "White / S"),
                    Map.of("id", 12103, "sku", sku, "title", "White / XL"));

            assertThat(ShopVariants.of(made(variants), SKU))
                    .containsExactly(
                            Map.of("sku", "TEE-o2lawdsasnfwlm3vdliakw-12100", "options", Map.of("Style", "White / S")),
                            Map.of(
                                    "sku",
                                    "TEE-o2lawdsasnfwlm3vdliakw-12103",
                                    "options",
                                    Map.of("Style", "White / XL")));
        }
    }

    @Test
    void shouldOfferNothingToChooseFromWhenTheProductTellsNoVariants() {
        assertThat(ShopVariants.of(new VendorObject("65a0", "", Map.of()), SKU)).isEmpty();
    }

    private static VendorObject made(List<Map<String, Object>> variants) {
        return new VendorObject("65a0", "unpublished", Map.of("variants", variants));
    }
}
