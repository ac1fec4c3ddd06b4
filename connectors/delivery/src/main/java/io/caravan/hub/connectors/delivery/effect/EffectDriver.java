package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.gate.Gates;
import io.caravan.hub.connectors.delivery.work.Suspended;
import io.caravan.hub.connectors.delivery.work.UnknownOutcome;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.FaultPoint;
import io.caravan.hub.model.delivery.VendorObject;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drives one effect from what its row says to where its step stops. Between two calls everything that matters is in the
 * row, so the next owner of the lane goes on from there.
 *
 * <p>A clean reply to a create of which nothing was ever in doubt is believed. Once something was in doubt, every create
 * settles and is looked up before anything is confirmed; the protocol simulation holds both rules against crashes,
 * pauses and late effects.
 */
final class EffectDriver {

    private static final int CONFLICT = 409;
    /** Creates that left nothing behind before each further one waits for the item's back-off. */
    private static final int CREATES = 2;
    /** States of objects that nobody sees and that cost nothing; an object without a state is not confirmed. */
    private static final Set<String> REVERSIBLE_STATES = Set.of("", "draft", "unpublished");

    private final EffectStore store;
    private final Quarantine quarantine;
    private final VendorCalls calls;
    private final Gates gates;
    private final DeliverySettings settings;
    private final MeterRegistry meters;

    EffectDriver(
            EffectStore store,
            Quarantine quarantine,
            VendorCalls calls,
            Gates gates,
            DeliverySettings settings,
            MeterRegistry meters) {
        this.store = store;
        this.quarantine = quarantine;
        this.calls = calls;
        this.gates = gates;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * @return the object, confirmed or as far as the task asks
     * @throws Suspended when it has to wait; for a compensation one that is not given up for waiting
     * @throws VendorException when the vendor refused, or could not be asked
     * @throws UnknownOutcome when an at-most-once change may have happened
     */
    VendorObject drive(Task task) {
        EffectRow row = doubted(task, store.find(task).orElse(null));
        while (true) {
            if (task.until() == Until.CANCELLED && (row == null || row.phase() != Phase.SENT)) {
                return withdrawn(task, row);
            }
            switch (row == null ? Phase.INTENT : row.phase()) {
                // what was taken back is gone for sure, so that it may be made again
                case INTENT, REFUSED, CANCELLED -> row = create(task, row);
                case SENT -> row = abandoned(task, current(row));
                case UNKNOWN -> row = resolve(task, current(row));
                case CREATED -> {
                    EffectRow made = current(row);
                    if (made.doubt() || made.vendorId().isEmpty()) {
                        row = verify(task, made);
                    } else if (task.until() == Until.VERIFIED) {
                        return result(made);
                    } else {
                        row = confirm(task, made);
                    }
                }
                case VERIFIED -> {
                    if (task.until() == Until.VERIFIED) {
                        return result(current(row));
                    }
                    row = confirm(task, current(row));
                }
                case CONFIRMED -> {
                    return result(current(row));
                }
                case STUCK -> throw stuck(task);
            }
        }
    }

    /** After a restore what looks as if it was never sent may have been, and is looked up once. */
    private @Nullable EffectRow doubted(Task task, @Nullable EffectRow row) {
        Quarantine.Restored restored = quarantine.current().orElse(null);
        boolean unsent = row == null
                || row.phase() == Phase.INTENT
                || row.phase() == Phase.REFUSED
                || (row.phase() == Phase.CANCELLED && task.until() != Until.CANCELLED);
        if (restored == null || !unsent || task.repeatsBlindly()) {
            return row;
        }
        boolean once = task.traits().shape() == Shape.ONCE;
        if ((once && !quarantine.held(restored, task.item()))
                || (row != null && quarantine.looked(restored, row.id()))) {
            return row;
        }
        Duration settle = task.traits().settle(settings.sendWithin(), settings.settleScale());
        Phase phase = once ? Phase.STUCK : Phase.UNKNOWN;
        EffectRow doubted =
                store.doubt(task, row, restored, phase, restored.at().plus(settle));
        count(task, phase);
        return doubted;
    }

    private static EffectRow current(@Nullable EffectRow row) {
        return Objects.requireNonNull(row, "row");
    }

    private static VendorObject result(EffectRow row) {
        String result = row.result();
        return result == null ? new VendorObject(row.vendorId(), "", Map.of()) : Json.vendorObject(result);
    }

    private EffectRow create(Task task, @Nullable EffectRow before) {
        long start = System.nanoTime();
        Duration settle = task.traits().settle(settings.sendWithin(), settings.settleScale());
        EffectRow row = store.intend(task, before, settle);
        count(task, Phase.SENT);
        FaultPoint.CP11_INTENT_COMMITTED_BEFORE_SOCKET.hit(task.traits().effect());
        Call call = calls.call(
                task, "create", row.ref(), "", start + settings.sendWithin().toNanos());
        FaultPoint.CP14_PARSED_BEFORE_COMMIT.hit(task.traits().effect());
        if (call.failure() != null || !(call.body() instanceof VendorObject)) {
            return createFailed(task, row, call);
        }
        VendorObject made = (VendorObject) call.body();
        if (task.traits().shape() != Shape.REVERSIBLE) {
            return became(task, row, Phase.CONFIRMED, null, made, call.told());
        }
        Duration wait = row.doubt()
                ? settle
                : made.id().isEmpty() ? scaled(task.traits().indexLag()) : Duration.ZERO;
        EffectRow created = became(task, row, Phase.CREATED, wait, made, call.told());
        FaultPoint.CP16_CREATED_BEFORE_VERIFY.hit(task.traits().effect());
        return created;
    }

    private EffectRow createFailed(Task task, EffectRow row, Call call) {
        RuntimeException failure = call.failure() != null
                ? call.failure()
                : new IllegalStateException(
                        VendorCalls.kamelet(task.traits(), "create") + " must return a VendorObject");
        if (!(failure instanceof VendorException e)) {
            // nothing asked for a socket, so nothing left: our own mistake, not the vendor's
            return call.sent() || call.failure() == null
                    ? unknown(task, row, failure, 0, call.told())
                    : refused(task, row, Phase.INTENT, failure, 0, call.told());
        }
        return switch (e.kind()) {
            case TRANSIENT -> unknown(task, row, e, e.status(), call.told());
            case REJECTED ->
                e.status() == CONFLICT && task.canLookUp()
                        ? unknown(task, row, e, e.status(), call.told())
                        : refused(task, row, Phase.REFUSED, e, e.status(), call.told());
            case GONE -> refused(task, row, Phase.REFUSED, e, e.status(), call.told());
            case RATE_LIMITED -> {
                Suspended closed = gates.closed(e, task.account());
                store.failed(task, row, Phase.INTENT, row.doubt(), 0, e.status(), e.getMessage(), call.told());
                throw closed;
            }
            case NOT_SENT, UNAUTHORISED, EXHAUSTED -> refused(task, row, Phase.INTENT, e, e.status(), call.told());
        };
    }

    /** The outcome is known: nothing happened. */
    private EffectRow refused(
            Task task, EffectRow row, Phase phase, RuntimeException failure, int status, Map<String, Long> told) {
        store.failed(task, row, phase, row.doubt(), 0, status, failure.getMessage(), told);
        count(task, phase);
        throw failure;
    }

    private EffectRow unknown(Task task, EffectRow row, RuntimeException failure, int status, Map<String, Long> told) {
        Phase phase = task.traits().shape() == Shape.ONCE ? Phase.STUCK : Phase.UNKNOWN;
        EffectRow unknown = store.failed(task, row, phase, true, -1, status, failure.getMessage(), told);
        count(task, phase);
        if (phase == Phase.STUCK) {
            throw stuck(task);
        }
        if (task.repeatsBlindly()) {
            throw failure;
        }
        return unknown;
    }

    /** An earlier owner said that bytes may leave, and nobody knows whether they did. */
    private EffectRow abandoned(Task task, EffectRow row) {
        Phase phase = task.traits().shape() == Shape.ONCE ? Phase.STUCK : Phase.UNKNOWN;
        EffectRow found =
                store.failed(task, row, phase, true, -1, 0, "its worker ended before it knew the outcome", null);
        count(task, phase);
        return found;
    }

    private EffectRow resolve(Task task, EffectRow row) {
        if (task.repeatsBlindly()) {
            return create(task, row);
        }
        return switch (task.traits().shape()) {
            case REVERSIBLE -> verify(task, row);
            case IDEMPOTENT -> adopt(task, row);
            case REPEATABLE -> create(task, row);
            case ONCE -> throw stuck(task);
        };
    }

    /**
     * Looked up after the settle time and not there: another create is safe. When that happens again and again something
     * else is wrong, so from the second time on each further create waits for the item's back-off and counts.
     */
    private EffectRow notThere(Task task, EffectRow row) {
        // never sent as far as we know: that was a restore's doubt, and the look-up has ended it
        boolean sent = row.attempts() > 0;
        EffectRow again = store.failed(task, row, Phase.INTENT, sent, -1, 0, "looked up, and not there", null);
        if (row.attempts() >= CREATES) {
            throw new VendorException(
                    ErrorKind.TRANSIENT,
                    task.vendor(),
                    "no-effect",
                    0,
                    "sent " + row.attempts() + " times, and nothing is there",
                    "");
        }
        return again;
    }

    /** Waits for the settle time, keeps one object, cancels the others; none left means that another create is safe. */
    private EffectRow verify(Task task, EffectRow row) {
        List<VendorObject> found = lookUp(task, row);
        FaultPoint.CP17_LOOKED_UP_BEFORE_CANCEL.hit(task.traits().effect());
        Optional<VendorObject> keep = keep(row, found);
        if (keep.isEmpty()) {
            if (row.phase() == Phase.CREATED && !row.vendorId().isEmpty()) {
                // the vendor gave an id and the index does not show it: the id is what is confirmed or found gone
                return became(task, row, Phase.VERIFIED, null, result(row), Map.of());
            }
            if (row.phase() == Phase.CREATED && !row.doubt()) {
                // a clean reply without an id, not found after the index lag: from here on it is a doubt like any other
                return store.failed(task, row, Phase.UNKNOWN, true, -1, 0, "created, but not found", null);
            }
            return notThere(task, row);
        }
        VendorObject kept = keep.get();
        for (VendorObject extra : found) {
            if (!extra.id().equals(kept.id())) {
                cancel(task, row, extra.id());
                meters.counter("hub_effects_extras_total", "vendor", task.vendor())
                        .increment();
            }
        }
        FaultPoint.CP18_CANCELLED_BEFORE_COMMIT.hit(task.traits().effect());
        return became(task, row, Phase.VERIFIED, null, kept, Map.of());
    }

    private EffectRow adopt(Task task, EffectRow row) {
        List<VendorObject> found = lookUp(task, row);
        Optional<VendorObject> keep = keep(row, found);
        return keep.isPresent() ? became(task, row, Phase.CONFIRMED, null, keep.get(), Map.of()) : notThere(task, row);
    }

    /**
     * One that is live already before any draft, since what is live is never taken back; among several the recorded one,
     * else the first that the look-up names.
     */
    private static Optional<VendorObject> keep(EffectRow row, List<VendorObject> found) {
        List<VendorObject> live = found.stream().filter(EffectDriver::live).toList();
        List<VendorObject> candidates = live.isEmpty() ? found : live;
        return candidates.stream()
                .filter(object -> object.id().equals(row.vendorId()))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private static boolean live(VendorObject object) {
        return !REVERSIBLE_STATES.contains(object.state());
    }

    /**
     * The last look at an effect of which something was once in doubt: a worker that was held up between its last check
     * and the socket may have made a draft after everybody had looked. Takes such drafts back, however long a gate makes it
     * wait.
     *
     * @param row confirmed or cancelled
     * @throws VendorException of kind REJECTED when a second object is live, which a person has to see
     */
    void reap(Task task, EffectRow row) {
        try {
            takeBackStrays(task, row);
        } catch (Suspended e) {
            throw e.takingBack();
        }
    }

    private void takeBackStrays(Task task, EffectRow row) {
        if (row.phase() == Phase.CONFIRMED && row.vendorId().isEmpty()) {
            // not knowing which one is ours, everything would look like a stray
            return;
        }
        List<VendorObject> extras = lookUp(task, row).stream()
                .filter(object -> row.phase() == Phase.CANCELLED || !object.id().equals(row.vendorId()))
                .toList();
        for (VendorObject extra : extras) {
            if (!live(extra)) {
                cancel(task, row, extra.id());
                meters.counter("hub_strays_cancelled_total", "vendor", task.vendor())
                        .increment();
            }
        }
        Optional<VendorObject> second =
                extras.stream().filter(EffectDriver::live).findFirst();
        if (second.isPresent()) {
            throw new VendorException(
                    ErrorKind.REJECTED,
                    task.vendor(),
                    "second-live",
                    0,
                    task.traits().effect() + " of " + task.key() + " is also live as "
                            + second.get().id() + "; only drafts are taken back, a person has to decide",
                    "");
        }
    }

    private List<VendorObject> lookUp(Task task, EffectRow row) {
        Instant settle = row.settleUntil();
        if (!row.settled() && settle != null) {
            throw new Suspended(
                    settle,
                    task.traits().effect() + ": outcome unknown, looked up when it has settled",
                    Suspended.AtGiveUp.GOES_ON);
        }
        store.admit(task, "lookup");
        Call call = calls.call(task, "lookup", row.ref(), row.vendorId(), null);
        if (call.failure() != null) {
            if (call.failure() instanceof VendorException e && e.kind() == ErrorKind.GONE) {
                return List.of();
            }
            throw after(task, call);
        }
        if (!(call.body() instanceof List<?> list) || !list.stream().allMatch(VendorObject.class::isInstance)) {
            throw new IllegalStateException(
                    VendorCalls.kamelet(task.traits(), "lookup") + " must return a list of VendorObject");
        }
        return list.stream().map(VendorObject.class::cast).toList();
    }

    private EffectRow confirm(Task task, EffectRow row) {
        store.admit(task, "confirm");
        FaultPoint.CP19_BEFORE_CONFIRM_SOCKET.hit(task.traits().effect());
        Call call = calls.call(task, "confirm", row.ref(), row.vendorId(), null);
        FaultPoint.CP20_CONFIRM_IN_FLIGHT.hit(task.traits().effect());
        if (call.failure() != null) {
            // confirming by id is repeatable, so the row stays as it is whatever happened
            throw after(task, call);
        }
        if (!(call.body() instanceof VendorObject confirmed)) {
            throw new IllegalStateException(
                    VendorCalls.kamelet(task.traits(), "confirm") + " must return a VendorObject");
        }
        FaultPoint.CP21_CONFIRMED_BEFORE_COMMIT.hit(task.traits().effect());
        VendorObject named = confirmed.id().isEmpty()
                ? new VendorObject(row.vendorId(), confirmed.state(), confirmed.facts())
                : confirmed;
        EffectRow done = became(task, row, Phase.CONFIRMED, null, named, call.told());
        FaultPoint.CP22_AFTER_CONFIRM_COMMIT.hit(task.traits().effect());
        return done;
    }

    /** A gate that stays closed may end a change, but never what takes the change back. */
    private VendorObject withdrawn(Task task, @Nullable EffectRow row) {
        try {
            return withdraw(task, row);
        } catch (Suspended e) {
            throw e.takingBack();
        }
    }

    /** Compensation: nothing that carries the reference is left. Objects of which we are sure need no look-up. */
    private VendorObject withdraw(Task task, @Nullable EffectRow row) {
        VendorObject none = new VendorObject("", "cancelled", Map.of());
        if (row == null || row.phase() == Phase.CANCELLED) {
            return none;
        }
        boolean nothingSent = (row.phase() == Phase.INTENT || row.phase() == Phase.REFUSED) && !row.doubt();
        if (!nothingSent) {
            boolean sure = !row.vendorId().isEmpty() && !row.doubt();
            List<String> ids = sure
                    ? List.of(row.vendorId())
                    : lookUp(task, row).stream().map(VendorObject::id).toList();
            ids.forEach(id -> cancel(task, row, id));
        }
        FaultPoint.CP23_COMPENSATION_SENT_BEFORE_COMMIT.hit(task.traits().effect());
        VendorObject withdrawn = new VendorObject(row.vendorId(), "cancelled", Map.of());
        became(task, row, Phase.CANCELLED, null, withdrawn, Map.of());
        return withdrawn;
    }

    private void cancel(Task task, EffectRow row, String vendorId) {
        store.admit(task, "cancel");
        Call call = calls.call(task, "cancel", row.ref(), vendorId, null);
        boolean gone = call.failure() instanceof VendorException e && e.kind() == ErrorKind.GONE;
        if (call.failure() != null && !gone) {
            throw after(task, call);
        }
    }

    /** What a failed call that may be repeated means for the item; a 429 closes the gate first. */
    private RuntimeException after(Task task, Call call) {
        RuntimeException failure = Objects.requireNonNull(call.failure(), "failure");
        gates.learn(task.account(), task.vendor(), call.told());
        if (failure instanceof VendorException e && e.kind() == ErrorKind.RATE_LIMITED) {
            return gates.closed(e, task.account());
        }
        return failure;
    }

    private EffectRow became(
            Task task,
            EffectRow row,
            Phase phase,
            @Nullable Duration settle,
            VendorObject object,
            Map<String, Long> told) {
        EffectRow after = store.became(task, row, phase, settle, object, told);
        count(task, phase);
        return after;
    }

    private Duration scaled(Duration time) {
        return Duration.ofMillis((long) Math.ceil(time.toMillis() * settings.settleScale()));
    }

    private static UnknownOutcome stuck(Task task) {
        return new UnknownOutcome(task.traits().effect() + " of " + task.key()
                + " may have happened and must not be repeated: find out at the vendor");
    }

    private void count(Task task, Phase phase) {
        meters.counter(
                        "hub_effects_total",
                        "vendor",
                        task.vendor(),
                        "operation",
                        task.operation(),
                        "phase",
                        phase.name().toLowerCase(java.util.Locale.ROOT))
                .increment();
    }
}
