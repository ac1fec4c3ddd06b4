package io.caravan.hub.connectors.etsy;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Processing profiles, which every physical listing needs since 2026. The request is {@code {readiness_state,
 * min_processing_time, max_processing_time}} in days; without days any profile of the state will do, and a new one is made
 * to order in 2 to 7. A connection that names its {@code readinessStateId} needs none.
 */
public final class EtsyReadinessMapper {

    /** The profile that the connection's settings name; empty when they name none. */
    public List<VendorObject> set(@Variable(Names.CONNECTION) Connection connection) {
        String id = connection.settingOr("readinessStateId", "");
        return id.isEmpty() ? List.of() : List.of(profile(ListingRules.number("setting readinessStateId", id)));
    }

    /** Reads the shop's profiles. */
    public EtsyCall list(@Variable(Names.CONNECTION) Connection connection) {
        return EtsyCall.get(path(connection), "limit=100&");
    }

    /** The oldest profile that is as asked. */
    public List<VendorObject> found(@Variable("etsyRequest") Object body, @Body @Nullable Object reply) {
        Map<String, Object> request = EtsyJson.map(body);
        if (!(EtsyJson.map(reply).get("results") instanceof List<?> results)) {
            throw EtsyJson.unreadable("a list of processing profiles without results");
        }
        return results.stream()
                .map(EtsyJson::map)
                .filter(one -> EtsyJson.text(one, "readiness_state").equals(state(request))
                        && fits(request, "min_processing_time", min(request), one, "min_processing_days")
                        && fits(request, "max_processing_time", max(request), one, "max_processing_days"))
                .min(Comparator.comparingLong(one -> EtsyJson.number(one, "readiness_state_id")))
                .map(this::made)
                .stream()
                .toList();
    }

    /** Reads one profile by the request's {@code readiness_state_id}. */
    public EtsyCall get(@Variable("etsyRequest") Object body, @Variable(Names.CONNECTION) Connection connection) {
        return EtsyCall.get(path(connection) + "/" + asked(body), "");
    }

    /** Shape: in, a profile of Etsy, or nothing when the seller deleted it; out, state {@code present} or {@code gone}. */
    public VendorObject standing(@Variable("etsyRequest") Object body, @Body @Nullable Object reply) {
        String id = asked(body);
        return EtsyJson.map(reply).isEmpty()
                ? new VendorObject(id, "gone", Map.of("readiness_state_id", id))
                : new VendorObject(
                        EtsyJson.id(EtsyJson.map(reply), "readiness_state_id"),
                        "present",
                        Map.of("readiness_state_id", id));
    }

    /** A new profile. */
    public EtsyCall create(@Variable("etsyRequest") Object body, @Variable(Names.CONNECTION) Connection connection) {
        Map<String, Object> request = EtsyJson.map(body);
        return EtsyCall.form(
                path(connection),
                new EtsyForm()
                        .put("readiness_state", state(request))
                        .put("min_processing_time", min(request))
                        .put("max_processing_time", max(request))
                        .put("processing_time_unit", "days"));
    }

    /** Shape: in, a profile of Etsy; out, fact {@code readiness_state_id}. */
    public VendorObject made(@Body @Nullable Object reply) {
        return profile(EtsyJson.id(EtsyJson.map(reply), "readiness_state_id"));
    }

    private static VendorObject profile(String id) {
        return new VendorObject(id, "", Map.of("readiness_state_id", id));
    }

    private static String asked(Object body) {
        return ListingRules.number("readiness_state_id", EtsyJson.text(EtsyJson.map(body), "readiness_state_id"));
    }

    private static boolean fits(
            Map<String, Object> request, String asked, long days, Map<String, Object> profile, String has) {
        return request.get(asked) == null || EtsyJson.number(profile, has) == days;
    }

    private static String path(Connection connection) {
        return "/shops/" + ListingRules.number("setting shopId", connection.setting("shopId"))
                + "/readiness-state-definitions";
    }

    private static String state(Map<String, Object> request) {
        String state = EtsyJson.text(request, "readiness_state");
        if (!state.isEmpty() && !state.equals("ready_to_ship") && !state.equals("made_to_order")) {
            throw new IllegalArgumentException("readiness_state must be ready_to_ship or made_to_order");
        }
        return state.isEmpty() ? "made_to_order" : state;
    }

    private static long min(Map<String, Object> request) {
        return days(request, "min_processing_time", 2);
    }

    private static long max(Map<String, Object> request) {
        return days(request, "max_processing_time", 7);
    }

    private static long days(Map<String, Object> request, String field, long otherwise) {
        return request.get(field) == null ? otherwise : Checks.within(field, EtsyJson.number(request, field), 1, 10);
    }
}
