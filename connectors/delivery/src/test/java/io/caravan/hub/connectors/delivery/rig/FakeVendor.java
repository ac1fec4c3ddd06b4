package io.caravan.hub.connectors.delivery.rig;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.SocketGuard;
import io.caravan.hub.model.delivery.VendorObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;

/** A vendor in memory, as Kamelets {@code fake-<operation>-<step>-action}; does what the next fault says. */
public final class FakeVendor extends RouteBuilder {

    /** What happens to the next call of a step. */
    public interface Fault {
        /** @param effect does what was asked; a fault calls it, or not, and throws, or not */
        void on(Runnable effect);
    }

    /** An object at this vendor. */
    public static final class Thing {
        public final String id;
        public final String reference;
        public final Object request;
        public final long visibleAt;
        public volatile String state = "draft";

        Thing(String id, String reference, Object request, long visibleAt) {
            this.id = id;
            this.reference = reference;
            this.request = request;
            this.visibleAt = visibleAt;
        }
    }

    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, Thing> things = new ConcurrentHashMap<>();
    private volatile Map<String, Object> facts = Map.of();
    private volatile @Nullable Map<String, Long> limits;
    private volatile Duration indexLag = Duration.ZERO;
    private volatile boolean blankIds;

    public static VendorException failure(ErrorKind kind, int status, @Nullable Duration wait) {
        return new VendorException(
                kind, "fake", "fake-" + status, status, "answered " + status, wait, "{\"no\":1}", null);
    }

    public static Fault before(ErrorKind kind, int status) {
        return effect -> {
            throw failure(kind, status, null);
        };
    }

    public static Fault after(ErrorKind kind, int status) {
        return effect -> {
            effect.run();
            throw failure(kind, status, null);
        };
    }

    public static Fault limited(@Nullable Duration wait) {
        return effect -> {
            throw failure(ErrorKind.RATE_LIMITED, 429, wait);
        };
    }

    /** The vendor makes it twice and then fails. */
    public static Fault twiceAndFail() {
        return effect -> {
            effect.run();
            effect.run();
            throw failure(ErrorKind.TRANSIENT, 500, null);
        };
    }

    public FakeVendor fail(String step, Fault... next) {
        faults.computeIfAbsent(step, key -> new ConcurrentLinkedQueue<>()).addAll(List.of(next));
        return this;
    }

    /** As {@link #fail(String, Fault...)}, for calls about the request with this {@code key} alone. */
    public FakeVendor failFor(String key, String step, Fault... next) {
        return fail(step + "|" + key, next);
    }

    /** Whatever was still to fail does not. */
    public void calm() {
        faults.clear();
    }

    /** What was made for requests that name this, whatever became of it since. */
    public List<Thing> madeFor(String text) {
        return things.values().stream()
                .filter(thing -> String.valueOf(thing.request).contains(text))
                .toList();
    }

    /** A draft that appears behind everybody's back, as from a worker that was held up at the socket. */
    public Thing late(String reference) {
        return late(reference, "late");
    }

    /** As {@link #late(String)}, made for this request. */
    public Thing late(String reference, Object request) {
        Thing thing = new Thing(String.valueOf(ids.incrementAndGet()), reference, request, System.nanoTime());
        things.put(thing.id, thing);
        return thing;
    }

    public FakeVendor indexLag(Duration lag) {
        indexLag = lag;
        return this;
    }

    public FakeVendor blankIds() {
        blankIds = true;
        return this;
    }

    public FakeVendor tells(Map<String, Long> rates) {
        limits = rates;
        return this;
    }

    public FakeVendor facts(Map<String, Object> value) {
        facts = value;
        return this;
    }

    public int calls(String step) {
        return calls.getOrDefault(step, new AtomicInteger()).get();
    }

    public int mostInFlight() {
        return mostInFlight.get();
    }

    public List<Thing> things(String state) {
        return things.values().stream()
                .filter(thing -> thing.state.equals(state))
                .toList();
    }

    @Override
    public void configure() {
        for (String operation : List.of("thing", "slot", "paint", "mail")) {
            List<String> steps = operation.equals("thing")
                    ? List.of("create", "lookup", "confirm", "cancel")
                    : operation.equals("slot") ? List.of("create", "lookup") : List.of("create");
            for (String step : steps) {
                routeTemplate("fake-" + operation + "-" + step + "-action")
                        .from("kamelet:source")
                        .process(exchange -> serve(step, exchange));
            }
        }
    }

    private void serve(String step, Exchange exchange) {
        calls.computeIfAbsent(step, key -> new AtomicInteger()).incrementAndGet();
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            if (!(exchange.getVariable(Names.CONNECTION) instanceof Connection)) {
                throw new IllegalStateException("no connection");
            }
            SocketGuard.beforeWrite("fake");
            Map<String, Long> told = limits;
            if (told != null) {
                exchange.setVariable("limits", told);
            }
            List<Object> answer = new ArrayList<>();
            Runnable effect = () -> answer.add(act(step, exchange));
            Fault own = next(step + "|" + key(exchange.getMessage().getBody()));
            Fault fault = own == null ? next(step) : own;
            if (fault == null) {
                effect.run();
            } else {
                fault.on(effect);
            }
            exchange.getMessage().setBody(answer.isEmpty() ? null : answer.get(answer.size() - 1));
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private @Nullable Fault next(String about) {
        Queue<Fault> next = faults.get(about);
        return next == null ? null : next.poll();
    }

    private static @Nullable Object key(@Nullable Object request) {
        return request instanceof Map<?, ?> map ? map.get("key") : null;
    }

    private Object act(String step, Exchange exchange) {
        String reference = exchange.getVariable(Names.REFERENCE, String.class);
        String vendorId = exchange.getVariable(Names.VENDOR_ID, String.class);
        switch (step) {
            case "create" -> {
                Thing thing = new Thing(
                        String.valueOf(ids.incrementAndGet()),
                        reference,
                        exchange.getMessage().getBody(),
                        System.nanoTime() + indexLag.toNanos());
                things.put(thing.id, thing);
                return object(thing, blankIds ? "" : thing.id);
            }
            case "lookup" -> {
                return things.values().stream()
                        .filter(thing -> thing.reference.equals(reference) && !thing.state.equals("cancelled"))
                        .filter(thing -> System.nanoTime() - thing.visibleAt >= 0)
                        .sorted(Comparator.comparing(thing -> Integer.valueOf(thing.id)))
                        .map(thing -> object(thing, thing.id))
                        .toList();
            }
            case "confirm" -> {
                Thing thing = thing(vendorId);
                thing.state = "live";
                return object(thing, thing.id);
            }
            default -> {
                thing(vendorId).state = "cancelled";
                return "";
            }
        }
    }

    private Thing thing(String id) {
        Thing thing = things.get(id);
        if (thing == null || thing.state.equals("cancelled")) {
            throw failure(ErrorKind.GONE, 404, null);
        }
        return thing;
    }

    private VendorObject object(Thing thing, String id) {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put("made_for", String.valueOf(thing.request));
        return new VendorObject(id, thing.state, all);
    }
}
