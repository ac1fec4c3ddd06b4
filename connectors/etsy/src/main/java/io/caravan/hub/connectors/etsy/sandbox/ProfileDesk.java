package io.caravan.hub.connectors.etsy.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.etsy.sandbox.Refusals.Refused;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.List;

/** Processing profiles of a shop; the same one twice is a conflict. */
final class ProfileDesk {

    private static final String PROFILES = "profiles";

    private final SandboxState state;

    ProfileDesk(SandboxState state) {
        this.state = state;
    }

    Answer list(Call call) {
        List<ObjectNode> all = state.list(PROFILES).stream()
                .filter(one -> one.path("shop_id").asText().equals(call.param("shop")))
                .toList();
        ObjectNode page = SandboxState.object().put("count", all.size());
        page.putArray("results")
                .addAll(all.stream()
                        .skip(call.queryInt("offset", 0))
                        .limit(call.queryInt("limit", 25))
                        .toList());
        return Answer.json(200, page);
    }

    Answer get(Call call) {
        return state.get(PROFILES, call.param("id"))
                .filter(one -> one.path("shop_id").asText().equals(call.param("shop")))
                .map(one -> Answer.json(200, one))
                .orElseGet(() -> Refusals.error(404, "Resource not found"));
    }

    /** Refuses a profile that the shop does not have, or has no more. */
    static void check(SandboxState state, String id) {
        if (state.get(PROFILES, id).isEmpty()) {
            throw new Refused(Refusals.error(400, "Invalid readiness_state_id"));
        }
    }

    Answer create(Call call) {
        return ListingDesk.refusing(() -> {
            FormCheck form = new FormCheck(call.form(), SandboxState.object())
                    .required("readiness_state", "min_processing_time", "max_processing_time");
            String readiness = form.value("readiness_state");
            String from = form.value("min_processing_time");
            String to = form.value("max_processing_time");
            if (!readiness.matches("ready_to_ship|made_to_order")
                    || !from.matches("[1-9]|10")
                    || !to.matches("[1-9]|10")
                    || Integer.parseInt(from) > Integer.parseInt(to)) {
                return Refusals.error(400, "Invalid processing profile");
            }
            int unit = form.value("processing_time_unit").equals("weeks") ? 5 : 1;
            ObjectNode profile = SandboxState.object()
                    .put("shop_id", Long.parseLong(call.param("shop")))
                    .put("readiness_state", readiness)
                    .put("min_processing_days", Integer.parseInt(from) * unit)
                    .put("max_processing_days", Integer.parseInt(to) * unit)
                    .put("processing_days_display_label", from + " to " + to + " days");
            boolean there = state.list(PROFILES).stream().anyMatch(one -> {
                one.remove("readiness_state_id");
                return one.equals(profile);
            });
            if (there) {
                return Refusals.error(409, "A processing profile like this exists");
            }
            long id = state.next(PROFILES, 18_200_000_001L);
            profile.put("readiness_state_id", id);
            state.put(PROFILES, String.valueOf(id), profile);
            return Answer.json(201, profile);
        });
    }
}
