package io.caravan.hub.config.binding;

import io.caravan.hub.config.files.CostFile;
import io.caravan.hub.config.store.Ideas;
import io.caravan.hub.config.store.Images;
import io.caravan.hub.config.store.Trends;
import io.caravan.hub.enrich.listing.CompliancePreflight;
import io.caravan.hub.enrich.listing.ListingRules;
import io.caravan.hub.enrich.listing.ListingSettings;
import io.caravan.hub.enrich.listing.OfferComposer;
import io.caravan.hub.enrich.listing.Price;
import io.caravan.hub.enrich.listing.PriceCalculator;
import io.caravan.hub.enrich.listing.PriceLine;
import io.caravan.hub.enrich.listing.PricingRules;
import io.caravan.hub.enrich.listing.ProductFacts;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.listing.Offer;
import io.caravan.hub.model.port.Connections;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** Bean {@code offers}: from an approved picture to an offer that may go out, by the rules of pricing and listings. */
public class Offers {

    private final Trends trends;
    private final Ideas ideas;
    private final Images images;
    private final Connections connections;
    private final ProductFacts product;
    private final CostFile costs;
    private final PricingRules pricing;
    private final ListingRules rules;

    Offers(
            Trends trends,
            Ideas ideas,
            Images images,
            Connections connections,
            ProductFacts product,
            CostFile costs,
            PricingRules pricing,
            ListingRules rules) {
        this.trends = trends;
        this.ideas = ideas;
        this.images = images;
        this.connections = connections;
        this.product = product;
        this.costs = costs;
        this.pricing = pricing;
        this.rules = rules;
    }

    /**
     * Whether an item of {@code listing.publish} is still to be done: nobody asked for the listing again since, and it is
     * not live. Sets the variables {@code wanted} and {@code resumes}; the latter says that the listing had failed, and
     * comes with the variable {@code path} that {@code listings.retry} reads.
     *
     * @param listing as stored
     */
    public void wanted(
            @Variable("item") Map<String, Object> item, @Body Map<String, Object> listing, Exchange exchange) {
        boolean wanted = newest(item, listing) && !in(listing, "live");
        exchange.setVariable("wanted", wanted);
        exchange.setVariable("resumes", wanted && in(listing, "failed", "abandoned"));
        exchange.setVariable("path", Map.of("id", listing.get("id")));
    }

    /** Sets the variable {@code between}: the listing is on its way, and it is this item's try. */
    public void between(
            @Variable("item") Map<String, Object> item, @Body Map<String, Object> listing, Exchange exchange) {
        exchange.setVariable("between", newest(item, listing) && in(listing, "draft", "publishing"));
    }

    /** Sets the variable {@code givenUp}: nobody wants what this item's try left at the vendors. */
    public void givenUp(
            @Variable("item") Map<String, Object> item, @Body Map<String, Object> listing, Exchange exchange) {
        exchange.setVariable("givenUp", newest(item, listing) && in(listing, "failed", "abandoned"));
    }

    /** Body in: {@code {account, payload}}; out: the payload of {@code listing.overdue}. */
    public Map<String, Object> overdue(@Body Map<String, Object> overdue) {
        Map<String, Object> item = new LinkedHashMap<>();
        if (overdue.get("payload") instanceof Map<?, ?> payload) {
            payload.forEach((name, value) -> item.put(String.valueOf(name), value));
        }
        item.put("reason", "not live by its deadline; the trace tells what it waits for");
        return item;
    }

    private static boolean newest(Map<String, Object> item, Map<String, Object> listing) {
        return number(item.get("generation")) >= number(listing.get("generation"));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 1;
    }

    private static boolean in(Map<String, Object> listing, String... states) {
        return Arrays.asList(states).contains(String.valueOf(listing.get("state")));
    }

    /**
     * Request of {@code printify.shop}, which is asked before anything is made; its key, in the variable
     * {@code printifyShop}, is the shop, so that each one is looked at once.
     */
    public Map<String, Object> shop(@Variable("account") AccountId account, Exchange exchange) {
        Connection printify = connections.use(account, "printify");
        String shop = printify.setting("shopId");
        exchange.setVariable("printifyShop", printify.mode().name().toLowerCase(Locale.ROOT) + "-" + shop);
        return Map.of("shop_id", shop);
    }

    /** Sets the variables {@code price} and, for the journal, {@code step} and {@code reason}. */
    public void price(Exchange exchange) {
        Price price = PriceCalculator.price(costs.of(product.skuPrefix()), pricing);
        exchange.setVariable("price", price);
        exchange.setVariable("step", "listing.priced");
        exchange.setVariable(
                "reason",
                price.price() + ": " + price.lines().stream().map(Offers::words).collect(Collectors.joining("; ")));
    }

    /** Body out: the offer, also in the variable {@code offer}. */
    public Offer compose(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("price") Price price,
            Exchange exchange) {
        Offer offer = OfferComposer.compose(
                String.valueOf(item.get("listing_id")),
                ideas.load(account, item),
                trends.load(account, item),
                product,
                String.valueOf(images.load(account, item).get("sha256")),
                price.price(),
                rules);
        exchange.setVariable("offer", offer);
        return offer;
    }

    /**
     * @throws IllegalArgumentException naming every fault with its mend; the work item goes to the dead letters
     */
    public void preflight(
            @Variable("account") AccountId account, @Variable("readiness") VendorObject readiness, @Body Offer offer) {
        List<io.caravan.hub.enrich.Fault> faults =
                CompliancePreflight.check(offer, settings(connections.use(account, "etsy"), readiness.id()), rules);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("the listing may not go out: "
                    + faults.stream()
                            .map(fault -> fault.field() + " " + fault.what() + " (" + fault.hint() + ")")
                            .collect(Collectors.joining("; ")));
        }
    }

    private static ListingSettings settings(Connection etsy, String readiness) {
        return new ListingSettings(
                etsy.settingOr("whoMade", "i_did"),
                etsy.settingOr("whenMade", "made_to_order"),
                Boolean.parseBoolean(etsy.settingOr("isSupply", "false")),
                Arrays.asList(etsy.settingOr("productionPartnerIds", "").split(",")),
                etsy.settingOr("shippingProfileId", ""),
                readiness,
                etsy.settingOr("taxonomyId", ""));
    }

    private static String words(PriceLine line) {
        return line.code() + " " + line.amount() + " (" + line.text() + ")";
    }

    /** Request of {@code printify.upload}. */
    public Map<String, Object> upload(@Variable("offer") Offer offer) {
        return Map.of("image_sha256", offer.imageSha256());
    }

    /** Request of {@code printify.product}; body in: the upload. */
    public Map<String, Object> product(@Body VendorObject upload, @Variable("offer") Offer offer) {
        return Map.of(
                "title", offer.title(),
                "description", offer.description(),
                "tags", offer.tags(),
                "price", money(offer),
                "upload_id", upload.id());
    }

    /**
     * Body in: the product; keeps it in the variable {@code product}.
     *
     * @throws IllegalArgumentException when the blank really costs so much that the price does not cover it
     */
    public void margin(@Body VendorObject made, @Variable("price") Price price, Exchange exchange) {
        exchange.setVariable("product", made);
        long dearest = Facts.number(made, "base_cost_minor");
        long left = price.price().minor() - price.fees().minor() - dearest;
        if (left < 0) {
            throw new IllegalArgumentException(
                    "the product costs " + dearest + " " + price.price().currency()
                            + " minor units, more than the price of " + price.price() + " leaves; raise costs.yaml");
        }
    }

    /** Request of {@code etsy.listing}, the same for the draft and for going live. */
    public Map<String, Object> listing(@Variable("offer") Offer offer, @Variable("readiness") VendorObject readiness) {
        return Map.of(
                "title", offer.title(),
                "description", offer.description(),
                "tags", offer.tags(),
                "price", money(offer),
                "sku", offer.sku(),
                "readiness_state_id", readiness.id());
    }

    /** Request of {@code etsy.image}; body in: the draft, kept in the variable {@code listing}. */
    public Map<String, Object> image(@Body VendorObject draft, @Variable("offer") Offer offer, Exchange exchange) {
        exchange.setVariable("listing", draft);
        return Map.of(
                "listing_id", draft.id(), "image_sha256", offer.imageSha256(), "rank", 1, "alt_text", offer.imageAlt());
    }

    /** Request of {@code etsy.inventory}: what is enabled at Printify is what can be bought. */
    public Map<String, Object> inventory(
            @Variable("account") AccountId account,
            @Variable("listing") VendorObject draft,
            @Variable("product") VendorObject made,
            @Variable("readiness") VendorObject readiness,
            @Variable("offer") Offer offer) {
        Connection etsy = connections.use(account, "etsy");
        return Map.of(
                "listing_id", draft.id(),
                "sku", offer.sku(),
                "price", money(offer),
                "quantity", Integer.valueOf(etsy.settingOr("quantity", "999")),
                "readiness_state_id", readiness.id(),
                "variants", ShopVariants.of(made, offer.sku()));
    }

    /** Request of {@code printify.publish}. */
    public Map<String, Object> publish(@Variable("product") VendorObject made) {
        return Map.of("product_id", made.id());
    }

    /**
     * Payload of {@code listing.link}, which is the request of {@code printify.published}; body in: the live listing, kept
     * in the variable {@code live}.
     */
    public Map<String, Object> published(
            @Variable("product") VendorObject made, @Body VendorObject live, Exchange exchange) {
        exchange.setVariable("live", live);
        return Map.of(
                "product_id",
                made.id(),
                "external",
                Map.of("id", live.id(), "handle", String.valueOf(live.facts().getOrDefault("url", ""))));
    }

    /** Request to take back whatever an abandoned listing left at a vendor: found by its reference. */
    public Map<String, Object> abandoned(@Variable("item") Map<String, Object> item) {
        return Map.of("our_listing_id", String.valueOf(item.get("listing_id")));
    }

    private static Map<String, Object> money(Offer offer) {
        return Map.of(
                "amount_minor",
                offer.price().minor(),
                "currency",
                offer.price().currency().getCurrencyCode());
    }
}
