package io.caravan.hub.connectors.etsy.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.etsy.sandbox.Refusals.Refused;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Listings: drafts, publishing with its fee, lists that lag behind. */
final class ListingDesk {

    static final String LISTINGS = "listings";
    private static final Set<String> STATES = Set.of("active", "inactive", "sold_out", "draft", "expired");

    private final SandboxState state;
    private final Settings settings;

    ListingDesk(SandboxState state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    Answer create(Call call) {
        return refusing(() -> {
            ObjectNode listing = SandboxState.object();
            FormCheck form = new FormCheck(call.form(), listing);
            form.required(
                            "quantity",
                            "title",
                            "description",
                            "price",
                            "who_made",
                            "when_made",
                            "taxonomy_id",
                            "shipping_profile_id",
                            "readiness_state_id")
                    .apply();
            ProfileDesk.check(state, form.value("readiness_state_id"));
            long id = state.next(LISTINGS, 4_400_000_001L);
            long now = System.currentTimeMillis();
            listing.put("listing_id", id)
                    .put("shop_id", Long.parseLong(call.param("shop")))
                    .put("user_id", user(call))
                    .put("state", "draft")
                    .put("created_ms", now)
                    .put("updated_ms", now)
                    .put("visible_ms", now + settings.number("lag_ms", 1500));
            save(listing);
            return Answer.json(201, ListingView.plain(listing));
        });
    }

    Answer get(Call call) {
        return with(call, listing -> Answer.json(200, ListingView.plain(listing)));
    }

    Answer delete(Call call) {
        return with(call, listing -> {
            if (listing.path("state").asText().equals("edit")) {
                return Refusals.error(409, "The listing cannot be deleted in this state");
            }
            state.remove(LISTINGS, listing.path("listing_id").asText());
            return Answer.empty(204);
        });
    }

    Answer list(Call call) {
        String wanted = call.query("state").orElse("active");
        int limit = call.queryInt("limit", 25);
        int offset = call.queryInt("offset", 0);
        if (!STATES.contains(wanted) || limit < 1 || limit > 100 || offset < 0) {
            return Refusals.error(400, "Invalid state, limit or offset");
        }
        boolean oldestFirst = call.query("sort_order").orElse("desc").matches("asc|ascending|up");
        Comparator<ObjectNode> byAge =
                Comparator.comparingLong(one -> one.path("created_ms").asLong());
        long now = System.currentTimeMillis();
        List<ObjectNode> found = state.list(LISTINGS).stream()
                .filter(one -> one.path("shop_id").asText().equals(call.param("shop")))
                .filter(one -> one.path("state").asText().equals(wanted))
                .filter(one -> one.path("visible_ms").asLong() <= now)
                .sorted(oldestFirst ? byAge : byAge.reversed())
                .toList();
        ObjectNode page = SandboxState.object().put("count", found.size());
        ArrayNode results = page.putArray("results");
        boolean inventory = call.query("includes").orElse("").contains("Inventory");
        // the worse variant: a page repeats the last listing of the page before it
        found.stream()
                .skip(Math.max(0, offset - (offset > 0 ? 1 : 0)))
                .limit(limit)
                .forEach(one -> {
                    ObjectNode view = ListingView.plain(one);
                    view.set("skus", ListingView.skus(one));
                    if (inventory) {
                        view.set("inventory", InventoryDesk.view(one));
                    }
                    results.add(view);
                });
        return Answer.json(200, page);
    }

    Answer update(Call call) {
        return with(call, listing -> {
            FormCheck form = new FormCheck(call.form(), listing);
            form.apply();
            if (form.has("state")) {
                become(listing, form.value("state"));
            }
            listing.put("updated_ms", System.currentTimeMillis());
            save(listing);
            return Answer.json(200, ListingView.plain(listing));
        });
    }

    private void become(ObjectNode listing, String wanted) {
        String present = listing.path("state").asText();
        if (!wanted.equals("active") && !wanted.equals("inactive")) {
            throw new Refused(Refusals.error(400, "Invalid enum value for state: " + wanted));
        }
        if (wanted.equals("inactive")) {
            if (!present.equals("active") && !present.equals("inactive")) {
                throw new Refused(Refusals.error(400, "Cannot deactivate a listing in this state: " + present));
            }
        } else if (present.equals("edit")) {
            throw new Refused(Refusals.error(
                    400,
                    "Cannot activate a listing in this state: state = edit, listing_id = "
                            + listing.path("listing_id").asText() + ", ending_tsz = 0"));
        } else if (!present.equals("active")) {
            if (listing.path("images").isEmpty()) {
                throw new Refused(Refusals.error(400, "Cannot publish a listing without an image"));
            }
            for (String needed : List.of("shipping_profile_id", "readiness_state_id")) {
                if (!listing.path(needed).isNumber()) {
                    throw new Refused(Refusals.error(400, "A physical listing needs its " + needed));
                }
            }
            if (present.equals("draft")) {
                charge(listing);
            }
        }
        listing.put("state", wanted);
    }

    private void charge(ObjectNode listing) {
        long number = state.next("fees", 1);
        state.put(
                "fees",
                String.valueOf(number),
                SandboxState.object()
                        .put("listing_id", listing.path("listing_id").asLong())
                        .put("usd_cents", 20));
    }

    private Answer with(Call call, Function<ObjectNode, Answer> action) {
        return refusing(() -> {
            ObjectNode listing = find(state, call);
            return listing == null ? Refusals.error(404, "Resource not found") : action.apply(listing);
        });
    }

    /** Null when there is none, or not in the shop that the path names. */
    static @Nullable ObjectNode find(SandboxState state, Call call) {
        ObjectNode listing = state.get(LISTINGS, call.param("id")).orElse(null);
        String shop = call.params().get("shop");
        return listing == null
                        || (shop != null && !listing.path("shop_id").asText().equals(shop))
                ? null
                : listing;
    }

    private void save(ObjectNode listing) {
        state.put(LISTINGS, listing.path("listing_id").asText(), listing);
    }

    private static long user(Call call) {
        return Long.parseLong(
                call.header("Authorization").orElse("Bearer 1.x").substring(7).split("\\.")[0]);
    }

    static Answer refusing(Supplier<Answer> action) {
        try {
            return action.get();
        } catch (Refused refused) {
            return refused.answer();
        }
    }
}
