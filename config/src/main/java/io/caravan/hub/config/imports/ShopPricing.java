package io.caravan.hub.config.imports;

import io.caravan.hub.enrich.product.ImportPricing;
import io.caravan.hub.model.AccountId;
import org.springframework.stereotype.Component;

/** The pricing rules of an account's shop. */
@Component
public class ShopPricing {

    private final ImportPricing file;

    public ShopPricing(ImportPricing file) {
        this.file = file;
    }

    public ImportPricing rules(AccountId account, String shop) {
        return file;
    }
}
