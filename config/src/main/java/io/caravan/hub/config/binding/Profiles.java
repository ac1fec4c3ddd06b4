package io.caravan.hub.config.binding;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.port.Connections;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Bean {@code profiles}: which processing profile of the Etsy shop a listing names. An effect that is done answers for
 * ever, but a seller may delete a profile: what {@code etsy.readiness} says is looked at once for each work item, and when
 * it is gone the effect is asked under the next key. All listings of a shop walk through the same keys, so that no two of
 * them make a profile each.
 */
public class Profiles {

    /** Nobody deletes that many; stops a shop that forgets each profile at once. */
    private static final int MOST = 50;

    private final Connections connections;

    Profiles(Connections connections) {
        this.connections = connections;
    }

    /** Sets the variable {@code readiness} to the profile of the settings when they name one, else {@code profileKey}. */
    public void set(@Variable("account") AccountId account, Exchange exchange) {
        Connection etsy = connections.use(account, "etsy");
        String id = etsy.settingOr("readinessStateId", "");
        exchange.setVariable("readiness", id.isBlank() ? null : new VendorObject(id, "", Map.of()));
        exchange.setVariable("profile", null);
        exchange.setVariable("profileShop", etsy.setting("shopId"));
        next(exchange, 1);
    }

    /** Request of {@code etsy.readiness}. */
    public Map<String, Object> request() {
        return Map.of("readiness_state", "made_to_order");
    }

    /**
     * Request of {@code etsy.profile}; body in: the profile, kept in the variable {@code profile}. A shop that gives the
     * same one again although it seemed gone is believed: sets {@code readiness}.
     */
    public Map<String, Object> check(
            @Body VendorObject found, @Variable("profile") @Nullable VendorObject before, Exchange exchange) {
        exchange.setVariable("profile", found);
        if (before != null && before.id().equals(found.id())) {
            exchange.setVariable("readiness", found);
        }
        return Map.of("readiness_state_id", found.id());
    }

    /** Body in: how the profile stands. Sets {@code readiness}, or the next {@code profileKey} when it is gone. */
    public void keep(
            @Body VendorObject standing,
            @Variable("profile") VendorObject profile,
            @Variable("profileTry") int tried,
            Exchange exchange) {
        if (!standing.state().equals("gone")) {
            exchange.setVariable("readiness", profile);
        } else if (tried >= MOST) {
            throw new IllegalStateException(
                    "the Etsy shop deletes each processing profile; make one that is made to order"
                            + " and name it in HUB_ETSY_READINESS_STATE_ID");
        } else {
            next(exchange, tried + 1);
        }
    }

    private static void next(Exchange exchange, int number) {
        exchange.setVariable("profileTry", number);
        exchange.setVariable("profileKey", exchange.getVariable("profileShop") + "-" + number);
    }
}
