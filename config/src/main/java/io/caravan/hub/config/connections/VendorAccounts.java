package io.caravan.hub.config.connections;

import io.caravan.hub.config.connections.VendorFields.Fault;
import io.caravan.hub.config.connections.VendorFields.Filled;
import io.caravan.hub.config.security.MasterKey;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.port.Writes;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Beans {@code supplierAccounts} and {@code shopAccounts}: the seller's own accounts at vendors of one kind. A person gives
 * credentials and never sees them again.
 */
public final class VendorAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(VendorAccounts.class);
    private static final String NOT_CONNECTED = "not-connected";

    /**
     * One vendor of the kind.
     *
     * @param credentials names that its connector speaks of, those among them that the hub gets by itself too
     */
    public record Known(String vendor, String name, List<String> credentials, String note) {}

    /** What a person gave, on its way from the request to the sealed row; no text shows it. */
    private record Given(ConnectionRow row) {
        @Override
        public String toString() {
            return "Given[" + row.vendor() + "]";
        }
    }

    private final String kind;
    private final Map<String, Known> known;
    private final Map<String, ConnectionFile.Vendor> vendors;
    private final HubConnections connections;
    private final ConnectionRows rows;
    private final MasterKey master;
    private final Writes writes;

    /** @param kind the member of requests and answers that names the vendor: {@code supplier} */
    VendorAccounts(
            String kind,
            List<Known> known,
            ConnectionFile file,
            HubConnections connections,
            ConnectionRows rows,
            MasterKey master,
            Writes writes) {
        this.kind = kind;
        this.vendors = file.vendors();
        this.known = known.stream()
                .filter(one -> vendors.containsKey(one.vendor()))
                .collect(Collectors.toMap(Known::vendor, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        this.connections = connections;
        this.rows = rows;
        this.master = master;
        this.writes = writes;
    }

    /**
     * Takes the credentials out of the request, so that no later step sees or keeps them; they wait in the variable
     * {@code given}. Body out: a keyed fingerprint, by which a repeated request is known again.
     *
     * @throws Refusal 422 {@code invalid-account} naming every field that is unknown, missing or wrong
     */
    public Map<String, Object> take(
            @Variable(Names.ACCOUNT) AccountId account, @Body Map<String, Object> request, Exchange exchange) {
        Known vendor = known.get(String.valueOf(request.get(kind)));
        if (vendor == null) {
            throw refused(List.of(new Fault(kind, "unknown", "is not known here; known are " + known.keySet())));
        }
        Mode mode = "sandbox".equals(request.get("mode")) ? Mode.SANDBOX : Mode.LIVE;
        Filled filled = fields(vendor).fill(mode, map(request.get("credentials")), map(request.get("settings")));
        List<Fault> faults = new ArrayList<>(filled.faults());
        Instant expires = expires(request.get("token_expires_at"), faults);
        if (!faults.isEmpty()) {
            throw refused(faults);
        }
        ConnectionRow row = new ConnectionRow(
                Refs.of(account.value(), "connection", vendor.vendor()),
                account,
                vendor.vendor(),
                mode,
                false,
                null,
                filled.secrets(),
                filled.settings(),
                expires,
                null);
        exchange.setVariable("given", new Given(row));
        String all = mode + ConnectionRows.json(filled.secrets()) + ConnectionRows.json(filled.settings()) + expires;
        return Map.of(kind, vendor.vendor(), "fingerprint", master.fingerprint(all));
    }

    /** Stores what was given in the place of all that was there; 201 for a new account, 200 for another one. */
    public void connect(
            @Variable("given") Object given, @Variable("principal") @Nullable String who, Exchange exchange) {
        ConnectionRow row = ((Given) given).row();
        boolean isNew = rows.find(row.account(), row.vendor()).isEmpty();
        writes.write("account at " + row.vendor(), connection -> {
            try {
                rows.on(connection).give(row);
            } catch (DataAccessException e) {
                if (e.getMostSpecificCause() instanceof SQLException cause) {
                    throw cause;
                }
                throw e;
            }
        });
        LOG.info("{} is connected to {} by {}", row.account(), row.vendor(), who);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, isNew ? 201 : 200);
        Map<String, @Nullable Object> view = view(known(row.vendor()), connections.view(row));
        // the stored answer keeps no nulls, and a repeat is to get the same
        view.values().removeIf(java.util.Objects::isNull);
        exchange.getMessage().setBody(view);
    }

    /** After the commit: it is used from now on, and what waited for it goes on. Harmless when done twice. */
    public void connected(@Variable("given") Object given) {
        ConnectionRow row = ((Given) given).row();
        connections.restored(row.account(), row.vendor());
    }

    /** Every vendor of the kind, connected or not. */
    public List<Map<String, @Nullable Object>> list(@Variable(Names.ACCOUNT) AccountId account) {
        Map<String, ConnectionView> views = connections.list(account).stream()
                .collect(Collectors.toMap(ConnectionView::vendor, Function.identity()));
        return known.values().stream()
                .map(vendor -> view(vendor, views.get(vendor.vendor())))
                .toList();
    }

    /**
     * Forgets the credentials. At its next start the hub may connect the vendor as its configuration says.
     *
     * @throws NoSuchElementException when the account is not connected to it
     */
    public void disconnect(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("principal") @Nullable String who) {
        Known vendor = known.get(String.valueOf(path.get(kind)));
        if (vendor == null || !rows.remove(account, vendor.vendor())) {
            throw new NoSuchElementException("the account is not connected to such a " + kind);
        }
        LOG.info("{} is disconnected from {} by {}", account, vendor.vendor(), who);
        connections.forget(account, vendor.vendor());
    }

    private Map<String, @Nullable Object> view(Known vendor, @Nullable ConnectionView connection) {
        VendorFields fields = fields(vendor);
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put(kind, vendor.vendor());
        view.put("name", vendor.name());
        view.put("state", connection == null ? NOT_CONNECTED : connection.state());
        view.put("mode", connection == null ? null : connection.mode());
        view.put("reason", connection == null ? null : connection.reason());
        view.put("credentials", connection == null ? List.of() : connection.credentials());
        view.put("settings", connection == null ? Map.of() : connection.settings());
        view.put(
                "missing",
                connection == null
                        ? fields.missing(Mode.LIVE, Set.of(), Set.of())
                        : fields.missing(
                                Mode.valueOf(connection.mode().toUpperCase(Locale.ROOT)),
                                Set.copyOf(connection.credentials()),
                                connection.settings().keySet()));
        view.put("takes", Map.of("credentials", fields.secrets(), "settings", fields.settings()));
        view.put("token_expires_at", connection == null ? null : connection.tokenExpiresAt());
        view.put("note", vendor.note());
        return view;
    }

    private Known known(String vendor) {
        return java.util.Objects.requireNonNull(known.get(vendor), vendor);
    }

    private VendorFields fields(Known vendor) {
        return new VendorFields(
                java.util.Objects.requireNonNull(vendors.get(vendor.vendor()), vendor.vendor()), vendor.credentials());
    }

    private static @Nullable Instant expires(@Nullable Object said, List<Fault> faults) {
        try {
            return said == null ? null : OffsetDateTime.parse(said.toString()).toInstant();
        } catch (DateTimeParseException e) {
            faults.add(new Fault("token_expires_at", "invalid", "must be a time such as 2026-05-04T09:12:00Z"));
            return null;
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Refusal refused(List<Fault> faults) {
        String said = faults.stream()
                .map(fault -> fault.field() + " " + fault.message())
                .collect(Collectors.joining("; "));
        List<Map<String, String>> errors = faults.stream()
                .map(fault -> Map.of("at", fault.field(), "rule", fault.rule(), "message", fault.message()))
                .toList();
        return Refusal.of(422, "invalid-account", said, Map.of("errors", errors));
    }
}
