package io.caravan.hub.connectors.etsy;

import static io.caravan.hub.connectors.etsy.EtsyFixture.REF;
import static io.caravan.hub.connectors.etsy.EtsyFixture.confirming;
import static io.caravan.hub.connectors.etsy.EtsyFixture.image;
import static io.caravan.hub.connectors.etsy.EtsyFixture.inventory;
import static io.caravan.hub.connectors.etsy.EtsyFixture.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.egress.ContractProxy;
import io.caravan.hub.connectors.egress.VendorContract;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.listing.Offer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that goes over the wire, held against Etsy's own document. */
class EtsyContractTest {

    @TempDir
    Path folder;

    @Test
    void shouldKeepToEtsysDocumentInEveryRequestAndReply() throws Exception {
        VendorContract contract = VendorContract.of("etsy/openapi.json")
                // the token endpoint is not in the document
                .without("/v3/public/oauth/token$");
        Map<String, String> settings = new HashMap<>(EtsyFixture.SETTINGS);
        settings.remove("readinessStateId");
        settings.put("returnPolicyId", "77");
        settings.put("whenMade", "2020_2026");
        try (ConnectorKit kit = EtsyFixture.kit(folder, EtsyFixture.SECRETS, settings);
                ContractProxy proxy = contract.watch(kit)) {
            VendorObject profile = (VendorObject) kit.call("kamelet:etsy-readiness-create-action", Map.of(), Map.of());
            kit.call("kamelet:etsy-profile-create-action", profile.facts(), Map.of());
            Map<String, Object> request = asMap(offer());
            request.put("readiness_state_id", profile.id());
            VendorObject draft =
                    (VendorObject) kit.call("kamelet:etsy-listing-create-action", request, Map.of("reference", REF));
            VendorObject extra =
                    (VendorObject) kit.call("kamelet:etsy-listing-create-action", request, Map.of("reference", REF));
            kit.call("kamelet:etsy-listing-cancel-action", request, confirming(extra));
            kit.call("kamelet:etsy-image-create-action", image(draft.id(), 1), Map.of());
            kit.call("kamelet:etsy-image-lookup-action", image(draft.id(), 1), Map.of());
            kit.call("kamelet:etsy-inventory-create-action", inventory(draft.id()), Map.of());
            kit.call("kamelet:etsy-inventory-lookup-action", inventory(draft.id()), Map.of());
            Map<String, Object> variants = new HashMap<>(EtsyFixture.variants(draft.id()));
            variants.put("readiness_state_id", profile.id());
            kit.call("kamelet:etsy-inventory-create-action", variants, Map.of());
            kit.call("kamelet:etsy-listing-confirm-action", request, confirming(draft));
            kit.call("kamelet:etsy-listing-lookup-action", request, Map.of("reference", REF));
            kit.call("kamelet:etsy-listing-get-action", null, confirming(draft));
            kit.call("kamelet:etsy-ping-action", null, Map.of());
            kit.call("kamelet:etsy-token-refresh-action", kit.connection(), Map.of());

            assertThat(proxy.violations()).isEmpty();
            assertThat(proxy.seen()).hasSize(24);
            assertThat(contract.violations(kit.sandbox().requests("etsy"))).isEmpty();
        }
    }

    @Test
    void shouldRefuseInTheShapesOfTheDocument() throws Exception {
        VendorContract contract = VendorContract.of("etsy/openapi.json")
                // some validations answer a bare array, against the document (etsy/open-api#472)
                .knowing("-> 400: reply .*array found");
        try (ConnectorKit kit = EtsyFixture.kit(folder);
                ContractProxy proxy = contract.watch(kit)) {
            VendorObject draft = EtsyFixture.create(kit);
            List<String> calls = List.of(
                    "kamelet:etsy-listing-confirm-action",
                    "kamelet:etsy-image-create-action",
                    "kamelet:etsy-listing-get-action");
            for (String uri : calls) {
                var failed = kit.exchange(
                        uri,
                        uri.contains("image") ? image("999999", 1) : offer(),
                        uri.contains("get") ? Map.of("vendorId", "999999") : confirming(draft));
                assertThat(failed.getException()).isInstanceOf(VendorException.class);
            }
            assertThat(proxy.seen()).extracting(VendorContract.Seen::status).contains(400, 404);
            assertThat(proxy.violations()).isEmpty();
        }
    }

    private static Map<String, Object> asMap(Offer offer) {
        Map<String, Object> map = new HashMap<>();
        map.put("listing_id", offer.listingId());
        map.put("title", offer.title());
        map.put("description", offer.description());
        map.put("tags", offer.tags());
        map.put("price", Map.of("amount_minor", offer.price().minor(), "currency", "USD"));
        map.put("sku", offer.sku());
        return map;
    }
}
