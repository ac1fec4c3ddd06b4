package io.caravan.hub.config.imports;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caravan.hub.config.catalogue.Shops;
import io.caravan.hub.config.store.PricingVersions;
import io.caravan.hub.config.store.PricingVersions.Version;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.enrich.product.ImportPricing;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bean {@code shopPricing}: a shop's own pricing rules over those of {@code import-pricing.yaml}. */
@Component("shopPricing")
public class ShopPricing {

    /** How long another node may still price by the version before. */
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final Shops shops;
    private final PricingVersions versions;
    private final ImportPricing file;
    private final Cache<String, Rules> remembered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    public ShopPricing(Shops shops, PricingVersions versions, ImportPricing file) {
        this.shops = shops;
        this.versions = versions;
        this.file = file;
    }

    /**
     * What an import is priced by.
     *
     * @param source for a person: "rules of shopify, version 3"
     */
    public record Rules(ImportPricing pricing, String source) {}

    /**
     * The shop's rules when it has any, else the file's.
     *
     * @throws IllegalArgumentException when the shop's rules and the file as it is now do not go together
     */
    public Rules rules(AccountId account, String shop) {
        return remembered.get(
                key(account, shop),
                any -> versions.latest(account, shop)
                        .filter(version -> version.rules() != null)
                        .map(version -> new Rules(
                                file.forShop(PricingWords.rules(java.util.Objects.requireNonNull(version.rules()))),
                                "rules of " + shop + ", version " + version.number()))
                        .orElseGet(() -> new Rules(file, "the file import-pricing.yaml")));
    }

    /** Rules that are asked about and kept nowhere. */
    Rules tried(Map<String, Object> rules) {
        return new Rules(PricingWords.over(file, rules), "the rules of the request");
    }

    /** Header {@code ETag} out: the version. */
    public Map<String, @Nullable Object> get(
            @Variable(Names.ACCOUNT) AccountId account, @Variable("path") Map<String, Object> path, Exchange exchange) {
        String shop = shop(path);
        Version latest = versions.latest(account, shop).orElse(null);
        boolean own = latest != null && latest.rules() != null;
        int number = latest == null ? 0 : latest.number();
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("shop", shop);
        view.put("source", own ? "shop" : "file");
        view.put("version", number);
        view.put("rules", latest == null ? null : latest.rules());
        view.put("effective", PricingWords.view(rules(account, shop).pricing()));
        view.put("updated_at", latest == null ? null : latest.at().toString());
        view.put("updated_by", latest == null ? null : latest.by());
        exchange.getMessage().setHeader("ETag", etag(number));
        return view;
    }

    /**
     * The next version, unless the rules are those that are there.
     *
     * @throws Refusal 412 when {@code If-Match} names another version than the newest; 422 {@code invalid-pricing} naming
     *     rule and field
     */
    public void put(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("ifMatch") @Nullable String ifMatch,
            @Variable("principal") @Nullable String who,
            @Body Map<String, Object> rules) {
        String shop = shop(path);
        PricingWords.over(file, rules);
        Version latest = versions.latest(account, shop).orElse(null);
        int before = expected(latest, ifMatch);
        if (latest == null || !rules.equals(latest.rules())) {
            versions.add(account, shop, before, rules, who);
            remembered.invalidate(key(account, shop));
        }
    }

    /**
     * Back to the file.
     *
     * @throws NoSuchElementException when the shop has no rules of its own
     */
    public void remove(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("ifMatch") @Nullable String ifMatch,
            @Variable("principal") @Nullable String who) {
        String shop = shop(path);
        Version latest = versions.latest(account, shop)
                .filter(version -> version.rules() != null)
                .orElseThrow(() -> new NoSuchElementException(shop + " has no pricing rules of its own"));
        versions.add(account, shop, expected(latest, ifMatch), null, who);
        remembered.invalidate(key(account, shop));
    }

    /** @throws NoSuchElementException when there is no such kind of shop */
    String shop(Map<String, Object> path) {
        String shop = String.valueOf(path.get("shop"));
        if (shops.all().stream().noneMatch(one -> one.shop().equals(shop))) {
            throw new NoSuchElementException("there is no shop " + shop);
        }
        return shop;
    }

    private static int expected(@Nullable Version latest, @Nullable String ifMatch) {
        int number = latest == null ? 0 : latest.number();
        if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(etag(number))) {
            throw Refusal.of(
                    412,
                    "precondition-failed",
                    "If-Match is " + ifMatch + " and the newest version is " + etag(number) + "; read it again",
                    Map.of("version", number));
        }
        return number;
    }

    private static String etag(int version) {
        return "\"" + version + "\"";
    }

    private static String key(AccountId account, String shop) {
        return account.value() + "|" + shop;
    }
}
