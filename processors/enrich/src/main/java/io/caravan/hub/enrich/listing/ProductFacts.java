package io.caravan.hub.enrich.listing;

import io.caravan.hub.model.Checks;
import java.util.List;

/**
 * What is true of the blank product that carries the picture: one file for each product in {@code config/}. The only
 * source of product claims; a model never adds to it.
 *
 * @param name as its maker calls it: "Unisex heavy cotton tee"
 * @param type what a buyer searches for: "T-Shirt"
 * @param keywords further words for tags: "graphic tee"
 * @param facts one sentence or phrase each: "Classic fit"
 * @param materials "100% cotton"
 * @param care "Machine wash cold", or {@code ""}
 * @param partner who produces it, named to the buyer
 * @param skuPrefix 1 to 5 letters and digits
 */
public record ProductFacts(
        String name,
        String type,
        List<String> keywords,
        List<String> facts,
        List<String> materials,
        String care,
        String partner,
        String skuPrefix) {

    public ProductFacts {
        Checks.text("name", name, 200);
        Checks.text("type", type, 40);
        Checks.atMost("care", care, 1_000);
        Checks.text("partner", partner, 200);
        if (!skuPrefix.matches("[A-Za-z0-9]{1,5}")) {
            throw new IllegalArgumentException("sku_prefix must be 1 to 5 letters and digits");
        }
        Checks.within("facts", facts.size(), 1, 30);
        facts.forEach(fact -> Checks.text("facts", fact, 200));
        Checks.within("materials", materials.size(), 0, 20);
        materials.forEach(material -> Checks.text("materials", material, 100));
        keywords = List.copyOf(keywords);
        facts = List.copyOf(facts);
        materials = List.copyOf(materials);
    }

    /** A plain T-shirt, so that a fresh hub can sell something; the files in {@code config/} replace it. */
    public static ProductFacts defaults() {
        return new ProductFacts(
                "Unisex heavy cotton tee",
                "T-Shirt",
                List.of("graphic tee", "unisex tee", "gift shirt"),
                List.of("Classic unisex fit", "Medium weight fabric", "Printed to order"),
                List.of("100% cotton"),
                "Machine wash cold, inside out. Tumble dry low.",
                "Printify",
                "TEE");
    }
}
