package io.caravan.hub.routes.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.Fault.Kind;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.routes.policy.FlowHub;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotifyFlowTest {

    private static final String SEND = "/v3/mail/send";

    private final FlowHub hub = FlowHub.shared();

    @Test
    void shouldMailTheOwnerOnceWhenAListingIsLiveAndRememberWhatBecameOfTheMail() {
        String image = approved("mushroom forager");
        String listing = ended(image, "live");

        ReceivedRequest mail = await("mail")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.asked("sendgrid", SEND, "hub trace " + listing), sent -> !sent.isEmpty())
                .get(0);
        assertThat(mail.status()).isEqualTo(202);
        assertThat(mail.body()).contains("owner@example.com").contains("Live: ");
        String reference = await("reference")
                .atMost(FlowHub.PATIENCE)
                .until(
                        () -> hub.sql()
                                .sql(
                                        "select ref from effect where vendor = 'sendgrid' and business_key = ? and phase = 'CONFIRMED'")
                                .param("live-" + listing)
                                .query(String.class)
                                .list(),
                        found -> found.size() == 1)
                .get(0);
        assertThat(mail.body()).contains(reference);
        await("signed events")
                .atMost(FlowHub.PATIENCE)
                .untilAsserted(() -> assertThat(hub.sql()
                                .sql("select kind from mail_event where reference = ? order by kind")
                                .param(reference)
                                .query(String.class)
                                .list())
                        .as("each once, although the sandbox tells one of them twice")
                        .containsExactly("delivered", "processed"));
        assertThat(hub.asked("sendgrid", SEND, "hub trace " + listing)).hasSize(1);
        // the vendor's events may come before the commit that says so
        hub.until(
                "/api/v1/trace/" + listing,
                story -> story.path("steps").findValuesAsText("step").contains("listing.notified"));
    }

    @Test
    void shouldMailTheOwnerWhenAListingHasFailedAndSayWhy() {
        hub.sandbox()
                .arm(new Fault("printify", "POST", "products\\.json", 0, 1, Kind.ANSWER, 400, null, NO_BLUEPRINT, 0));
        String listing = ended(approved("pickleball player"), "failed");

        ReceivedRequest mail = await("mail")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.asked("sendgrid", SEND, "Listing " + listing), sent -> !sent.isEmpty())
                .get(0);
        assertThat(mail.body()).contains("A listing could not go live").contains("printify");
    }

    @Test
    void shouldMailTheOwnerWhenAPictureWaitsForAPerson() {
        JsonNode image = hub.image(hub.idea("yoga at dawn"));

        await("mail")
                .atMost(FlowHub.PATIENCE)
                .until(
                        () -> hub.asked(
                                "sendgrid", SEND, "Picture " + image.path("id").asText()),
                        sent -> sent.size() == 1);
    }

    @Test
    void shouldRefuseEventsThatAreNotSigned() {
        long before = hub.count("select count(*) from mail_event");

        assertThat(hub.post("/api/v1/webhooks/sendgrid", "[{\"event\": \"delivered\"}]")
                        .status())
                .isEqualTo(401);

        assertThat(hub.count("select count(*) from work where type = 'mail.event' and state = 'DEAD'"))
                .isZero();
        assertThat(hub.count("select count(*) from mail_event")).isGreaterThanOrEqualTo(before);
    }

    private String approved(String keyword) {
        String image = hub.image(hub.idea(keyword)).path("id").asText();
        FlowHub.Reply reply = hub.post(
                "/api/v1/images/" + image + "/review",
                Map.of("decision", "approve", "tags", List.of(), "reason", "good"));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return image;
    }

    private String ended(String image, String state) {
        return FlowHub.only(
                        hub.until(
                                        "/api/v1/listings?limit=200",
                                        page -> page.path("items")
                                                .valueStream()
                                                .anyMatch(listing -> listing.path("image_id")
                                                                .asText()
                                                                .equals(image)
                                                        && listing.path("state")
                                                                .asText()
                                                                .equals(state)))
                                .path("items"),
                        "image_id",
                        image)
                .path("id")
                .asText();
    }

    private static final String NO_BLUEPRINT =
            "{\"status\": \"error\", \"code\": 8150, \"message\": \"Validation failed.\", \"errors\": {\"reason\": \"blueprint_id: unknown\"}}";
}
