package io.caravan.hub.connectors.etsy;

import io.caravan.hub.connectors.egress.VendorText;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Listings: a draft that carries its reference as a temporary tag (Etsy offers no field of ours at creation), found by
 * it, put live by its id with its final words, checked by reading back.
 */
public final class EtsyListingMapper {

    private static final int TAGS = 13;

    /** The temporary tag of a reference: {@code r} and its first 13 characters. */
    static String tag(String reference) {
        return "r" + reference.substring(0, Math.min(13, reference.length()));
    }

    /**
     * The draft. Its last tag makes room for the reference when there are 13.
     *
     * @throws IllegalArgumentException naming the field that Etsy would refuse
     */
    public EtsyCall create(
            @Body @Nullable Object body,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.REFERENCE) String reference) {
        ListingRequest request = ListingRequest.of(body);
        ListingRules.content(request);
        Money price = request.price();
        if (price == null) {
            throw new IllegalArgumentException("price must be given");
        }
        List<String> tags = new ArrayList<>(
                request.tags().subList(0, Math.min(TAGS - 1, request.tags().size())));
        tags.add(tag(reference));
        EtsyForm form = new EtsyForm()
                .put(
                        "quantity",
                        request.quantity().isEmpty() ? connection.settingOr("quantity", "999") : request.quantity())
                .put("title", request.title())
                .put("description", request.description())
                .put("price", price.major().toPlainString())
                .put("who_made", ListingRules.whoMade(connection))
                .put("when_made", ListingRules.whenMade(connection))
                .put("is_supply", Boolean.parseBoolean(connection.settingOr("isSupply", "false")))
                .put("taxonomy_id", setting(connection, "taxonomyId"))
                .put("shipping_profile_id", setting(connection, "shippingProfileId"))
                .put("readiness_state_id", readiness(request, connection))
                .put("type", "physical")
                .list("tags", tags)
                .list("production_partner_ids", ListingRules.partners(connection))
                .maybe("return_policy_id", connection.settingOr("returnPolicyId", ""));
        return EtsyCall.form("/shops/" + setting(connection, "shopId") + "/listings", form);
    }

    /** Shape: in, a listing of Etsy; out, facts {@code listing_id, url, state, price {amount_minor, currency}}. */
    public VendorObject listing(@Body @Nullable Object reply) {
        Map<String, Object> listing = EtsyJson.map(reply);
        String id = EtsyJson.id(listing, "listing_id");
        Map<String, Object> facts = new HashMap<>();
        facts.put("listing_id", id);
        facts.put("url", EtsyJson.text(listing, "url"));
        facts.put("state", EtsyJson.text(listing, "state"));
        facts.put("title", VendorText.plain(EtsyJson.text(listing, "title")));
        BigDecimal major = EtsyJson.major(listing.get("price"));
        String currency = EtsyJson.text(EtsyJson.map(listing.get("price")), "currency_code");
        if (major != null && currency.matches("[A-Z]{3}")) {
            Money price = Money.of(major, java.util.Currency.getInstance(currency));
            facts.put("price", Map.of("amount_minor", price.minor(), "currency", currency));
        }
        return new VendorObject(id, EtsyJson.text(listing, "state"), facts);
    }

    /** A search for all listings that carry the reference. */
    public ListingSearch search(
            @Body @Nullable Object body,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.REFERENCE) String reference) {
        return new ListingSearch(
                setting(connection, "shopId"), ListingRequest.of(body), tag(reference), java.time.Instant.now());
    }

    /** One page into the search. */
    public void page(@Variable("etsySearch") ListingSearch search, @Body @Nullable Object page) {
        search.take(EtsyJson.map(page));
    }

    /** Reads the listing that is to be confirmed, cancelled or looked at. */
    public EtsyCall get(@Variable(Names.VENDOR_ID) String vendorId) {
        return EtsyCall.get("/listings/" + ListingRules.number("vendorId", vendorId), "");
    }

    /**
     * What is still to be changed for the listing to be live with its final words; null when nothing is. A listing that
     * is active is not activated again.
     */
    public @Nullable EtsyCall change(
            @Variable("etsyRequest") Object body,
            @Body @Nullable Object current,
            @Variable(Names.CONNECTION) Connection connection) {
        ListingRequest request = ListingRequest.of(body);
        ListingRules.content(request);
        Map<String, Object> listing = EtsyJson.map(current);
        boolean active = EtsyJson.text(listing, "state").equals("active");
        if (active && differs(request, listing).isEmpty()) {
            return null;
        }
        EtsyForm form = new EtsyForm()
                .put("title", request.title())
                .put("description", request.description())
                .list("tags", request.tags());
        if (!active) {
            form.put("state", "active");
        }
        return EtsyCall.form(
                "/shops/" + setting(connection, "shopId") + "/listings/" + EtsyJson.id(listing, "listing_id"), form);
    }

    /**
     * @throws VendorException of kind TRANSIENT, code {@code not-applied}, when Etsy said yes and did nothing
     */
    public VendorObject confirmed(@Variable("etsyRequest") Object body, @Body @Nullable Object readBack) {
        Map<String, Object> listing = EtsyJson.map(readBack);
        List<String> wrong = differs(ListingRequest.of(body), listing);
        if (!EtsyJson.text(listing, "state").equals("active")) {
            wrong.add("state (" + EtsyJson.text(listing, "state") + ")");
        }
        if (!wrong.isEmpty()) {
            throw new VendorException(
                    ErrorKind.TRANSIENT,
                    "etsy",
                    "not-applied",
                    200,
                    "took the change of listing " + EtsyJson.text(listing, "listing_id")
                            + " but these are not as sent: " + String.join(", ", wrong),
                    "");
        }
        return listing(listing);
    }

    /**
     * The deletion of a draft; null when there is nothing to delete.
     *
     * @throws VendorException of kind REJECTED when the listing is no draft: what buyers see is never deleted here
     */
    public @Nullable EtsyCall cancel(@Body @Nullable Object current, @Variable(Names.VENDOR_ID) String vendorId) {
        Map<String, Object> listing = EtsyJson.map(current);
        if (listing.isEmpty()) {
            return null;
        }
        String state = EtsyJson.text(listing, "state");
        if (!state.equals("draft")) {
            throw new VendorException(
                    ErrorKind.REJECTED,
                    "etsy",
                    "not-a-draft",
                    200,
                    "listing " + vendorId + " is " + state + "; only drafts are taken back, a person has to decide",
                    "");
        }
        return new EtsyCall(EtsyCall.BASE + "/listings/" + ListingRules.number("vendorId", vendorId), "", "", true, "");
    }

    /** What the last step of a cancellation leaves. */
    public VendorObject cancelled(@Variable(Names.VENDOR_ID) String vendorId) {
        return new VendorObject(vendorId, "deleted", Map.of());
    }

    private static List<String> differs(ListingRequest request, Map<String, Object> listing) {
        List<String> wrong = new ArrayList<>();
        if (!VendorText.same(request.title(), EtsyJson.text(listing, "title"))) {
            wrong.add("title");
        }
        if (!VendorText.same(request.description(), EtsyJson.text(listing, "description"))) {
            wrong.add("description");
        }
        if (!foldedTags(request.tags()).equals(foldedTags(EtsyJson.list(listing.get("tags"))))) {
            wrong.add("tags");
        }
        return wrong;
    }

    static Set<String> foldedTags(List<?> tags) {
        Set<String> folded = new HashSet<>();
        tags.forEach(tag -> folded.add(EtsyJson.folded(Objects.toString(tag, ""))));
        return folded;
    }

    private static String readiness(ListingRequest request, Connection connection) {
        return request.readinessStateId().isEmpty()
                ? setting(connection, "readinessStateId")
                : ListingRules.number("readiness_state_id", request.readinessStateId());
    }

    private static String setting(Connection connection, String name) {
        return ListingRules.number("setting " + name, connection.setting(name));
    }
}
