package io.caravan.hub.config.imports;

import io.caravan.hub.model.Checks;
import java.util.regex.Pattern;

/**
 * What an import does when the request says nothing of it: {@code imports.yaml}.
 *
 * @param shop the shop to import into, when the account is connected to it
 * @param shipTo ISO 3166-1 alpha-2: for which country suppliers are asked
 * @param language ISO 639-1: in which language
 * @param publish false leaves a draft in the shop
 */
public record ImportDefaults(String shop, String shipTo, String language, boolean publish) {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}");

    public ImportDefaults {
        Checks.id("shop", shop);
        if (!COUNTRY.matcher(shipTo).matches()) {
            throw new IllegalArgumentException("ship_to must be a country such as US, is " + shipTo);
        }
        if (!LANGUAGE.matcher(language).matches()) {
            throw new IllegalArgumentException("language must be a language such as en, is " + language);
        }
    }
}
