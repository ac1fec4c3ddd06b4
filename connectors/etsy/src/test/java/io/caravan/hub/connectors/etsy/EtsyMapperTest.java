package io.caravan.hub.connectors.etsy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.delivery.VendorObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtsyMapperTest {

    private final EtsyListingMapper mapper = new EtsyListingMapper();

    @Test
    void shouldWriteEveryFieldOfADraft() {
        EtsyCall call = mapper.create(EtsyFixture.offer(), connection(Map.of("returnPolicyId", "77")), EtsyFixture.REF);

        assertThat(call.path()).isEqualTo("/v3/application/shops/87654321/listings");
        assertThat(call.bearer()).isTrue();
        assertThat(call.contentType()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(form(call))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("quantity", "999"),
                        Map.entry("title", "Moss & Friends' Terrarium Mug: 11oz"),
                        Map.entry("description", "A mug.\nWith moss on it."),
                        Map.entry("price", "19.99"),
                        Map.entry("who_made", "i_did"),
                        Map.entry("when_made", "made_to_order"),
                        Map.entry("is_supply", "false"),
                        Map.entry("taxonomy_id", "1633"),
                        Map.entry("shipping_profile_id", "3001"),
                        Map.entry("readiness_state_id", "18200000077"),
                        Map.entry("return_policy_id", "77"),
                        Map.entry("type", "physical"),
                        Map.entry("production_partner_ids", "901,902"),
                        Map.entry(
                                "tags",
                                "moss,terrarium,mug,gift,plant mom,green,nature,forest,cozy,tea,coffee,houseplant,r"
                                        + EtsyFixture.REF.substring(0, 13))));
    }

    @Test
    void shouldReadEveryFieldOfAListing() {
        VendorObject listing = mapper.listing(Map.of(
                "listing_id", 4400000001L,
                "state", "active",
                "title", "Moss &amp; Friends&#39; Mug",
                "url", "https://www.etsy.com/listing/4400000001",
                "price", Map.of("amount", 1250, "divisor", 100, "currency_code", "EUR")));
        assertThat(listing.id()).isEqualTo("4400000001");
        assertThat(listing.state()).isEqualTo("active");
        assertThat(listing.facts())
                .isEqualTo(Map.of(
                        "listing_id", "4400000001",
                        "state", "active",
                        "title", "Moss & Friends' Mug",
                        "url", "https://www.etsy.com/listing/4400000001",
                        "price", Map.of("amount_minor", 1250L, "currency", "EUR")));
    }

    @Test
    void shouldReadMoneyWhateverItsDivisor() {
        assertThat(mapper.listing(Map.of(
                                "listing_id", 1, "price", Map.of("amount", 1980, "divisor", 1, "currency_code", "JPY")))
                        .facts())
                .containsEntry("price", Map.of("amount_minor", 1980L, "currency", "JPY"));
    }

    @Test
    void shouldSendTheFinalWordsAndActivateOnlyWhatIsNotActive() {
        Map<String, Object> listing = Map.of("listing_id", 9, "state", "draft", "title", "old");
        EtsyCall change = mapper.change(EtsyFixture.offer(), listing, connection(Map.of()));
        assertThat(change).isNotNull();
        assertThat(change.path()).isEqualTo("/v3/application/shops/87654321/listings/9");
        assertThat(form(change))
                .containsEntry("state", "active")
                .containsOnlyKeys("title", "description", "tags", "state");
        assertThat(form(change).get("tags")).endsWith("coffee,houseplant,cottagecore");

        EtsyCall words =
                mapper.change(EtsyFixture.offer(), Map.of("listing_id", 9, "state", "active"), connection(Map.of()));
        assertThat(words).isNotNull();
        assertThat(form(words)).doesNotContainKey("state");
    }

    @ParameterizedTest
    @CsvSource({
        "whenMade, 2020_2025, whenMade",
        "whoMade, me, whoMade",
        "productionPartnerIds, '', productionPartnerIds",
        "productionPartnerIds, 'a,b', productionPartnerIds",
        "taxonomyId, mugs, taxonomyId",
        "shopId, ../1, shopId"
    })
    void shouldNameTheSettingThatEtsyWouldRefuse(String name, String value, String named) {
        assertThatThrownBy(() -> mapper.create(EtsyFixture.offer(), connection(Map.of(name, value)), EtsyFixture.REF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({
        "title, 'Mug: one: two', ':'",
        "title, 'Mug \uD83C\uDF31', title",
        "title, '', title",
        "description, ' ', description",
        "tags, 'a_b', a_b",
        "tags, 'twenty-one characters', tags"
    })
    void shouldNameTheFieldThatEtsyWouldRefuse(String field, String value, String named) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "title",
                "Mug",
                "description",
                "A mug",
                "tags",
                List.of("moss"),
                "price",
                Map.of("amount_minor", 100, "currency", "USD")));
        body.put(field, field.equals("tags") ? List.of(value) : value);
        assertThatThrownBy(() -> mapper.create(body, connection(Map.of()), EtsyFixture.REF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void shouldReadAnOfferAlsoFromAMap() {
        ListingRequest request = ListingRequest.of(Map.of(
                "title",
                "Mug",
                "description",
                "A mug",
                "tags",
                List.of("moss"),
                "price",
                Map.of("minor", 1999, "currency", "USD"),
                "sku",
                "S-1",
                "readiness_state_id",
                42,
                "quantity",
                7));
        assertThat(request)
                .isEqualTo(
                        new ListingRequest("Mug", "A mug", List.of("moss"), Money.of(1999, "USD"), "S-1", "42", "7"));
    }

    @Test
    void shouldCleanAnInventoryAndKeepWhatItDoesNotKnow() {
        Map<String, Object> got = Map.of(
                "products",
                List.of(
                        Map.of(
                                "product_id",
                                1,
                                "sku",
                                "A",
                                "is_deleted",
                                false,
                                "offerings",
                                List.of(Map.of(
                                        "offering_id",
                                        2,
                                        "quantity",
                                        3,
                                        "is_enabled",
                                        true,
                                        "is_deleted",
                                        false,
                                        "price",
                                        Map.of("amount", 1050, "divisor", 100, "currency_code", "USD"))),
                                "property_values",
                                List.of(Map.of("property_id", 100, "scale_name", "US", "values", List.of("S")))),
                        Map.of("product_id", 9, "sku", "OLD", "is_deleted", true)),
                "price_on_property",
                List.of(100));

        JsonNode body = new ObjectMapper().valueToTree(Inventory.of(got).body());

        assertThat(body.path("products")).hasSize(1);
        JsonNode product = body.path("products").path(0);
        assertThat(product.fieldNames()).toIterable().containsExactly("sku", "property_values", "offerings");
        assertThat(product.path("property_values").path(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("property_id", "values");
        JsonNode offering = product.path("offerings").path(0);
        assertThat(offering.fieldNames()).toIterable().containsExactlyInAnyOrder("quantity", "is_enabled", "price");
        assertThat(offering.path("price").decimalValue()).isEqualByComparingTo("10.50");
        assertThat(body.path("price_on_property").path(0).asInt()).isEqualTo(100);
        assertThat(body.path("quantity_on_property").isArray()).isTrue();
    }

    private static Map<String, String> form(EtsyCall call) {
        Map<String, String> form = new HashMap<>();
        for (String pair : new String((byte[]) call.payload(), StandardCharsets.US_ASCII).split("&")) {
            String[] sides = pair.split("=", 2);
            form.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static Connection connection(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(EtsyFixture.SETTINGS);
        settings.putAll(more);
        return new Connection(
                "c",
                new AccountId("acme"),
                "etsy",
                Mode.SANDBOX,
                URI.create("http://127.0.0.1:1"),
                EtsyFixture.SECRETS,
                settings);
    }
}
