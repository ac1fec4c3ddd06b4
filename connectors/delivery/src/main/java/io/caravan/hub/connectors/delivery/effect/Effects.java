package io.caravan.hub.connectors.delivery.effect;

import com.fasterxml.jackson.core.JacksonException;
import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.gate.Gates;
import io.caravan.hub.connectors.delivery.lane.Committer;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.caravan.hub.connectors.delivery.lane.Lease;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.EffectSteps;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.port.Connections;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** Everything behind {@code effect:}, put together. */
public final class Effects {

    /** Answer of a forced look-up where the vendor has none. */
    public static final int NOT_POSSIBLE = -1;

    /** Property with the folder of the files that a person edits; {@code effects/} in it holds effects of one's own. */
    private static final String FILES = "hub.config.path";

    /** When an effect that was in doubt is looked up for the last time; scaled as settle times are. */
    private static final Duration STRAYS_AFTER = Duration.ofMinutes(10);

    private final CamelContext context;
    private final EffectDriver driver;
    private final EffectStore store;
    private final VendorCalls calls;

    public Effects(
            CamelContext context,
            Connections connections,
            Db db,
            Quarantine quarantine,
            Committer committer,
            Lanes lanes,
            Gates gates,
            DeliverySettings settings,
            MeterRegistry meters) {
        this.context = context;
        this.calls = new VendorCalls(context, connections, context.createProducerTemplate());
        Duration straysAfter = Duration.ofMillis((long) (STRAYS_AFTER.toMillis() * settings.settleScale()));
        this.store = new EffectStore(db, quarantine, committer, lanes, gates, straysAfter);
        this.driver = new EffectDriver(store, quarantine, calls, gates, settings, meters);
    }

    /** Who this installation is at vendors; chosen now when it never was. */
    public String installation() {
        return store.installation();
    }

    VendorObject drive(Task task) {
        return driver.drive(task);
    }

    /**
     * Asks the vendors for what a dead item may have made, whatever the rows say.
     *
     * @param payload body for the look-up Kamelets, which find by reference alone
     * @return how many objects carry a reference of its effects, {@link #NOT_POSSIBLE} when a vendor cannot be asked
     */
    public int lookUp(String deadWorkId, Map<String, Object> payload, WorkItem item, Lease lease) throws IOException {
        int found = 0;
        for (EffectStore.Open open : store.open(deadWorkId)) {
            Traits traits = traits(open.effect());
            if (!hasKamelet(traits, "lookup")) {
                return NOT_POSSIBLE;
            }
            Task task = new Task(traits, open.key(), payload, "", Until.VERIFIED, true, item, lease);
            store.admit(task, "lookup");
            Call call = calls.call(task, "lookup", open.ref(), "", null);
            if (call.failure() instanceof VendorException e && e.kind() == ErrorKind.GONE) {
                continue;
            }
            if (call.failure() != null) {
                throw call.failure();
            }
            found += call.body() instanceof List<?> list ? list.size() : 0;
        }
        return found;
    }

    /** Takes back the drafts that an ended effect left behind, if any. The look-up gets the reference and no request. */
    public void reap(String effectId, WorkItem item, Lease lease) throws IOException {
        Optional<EffectStore.Ended> ended = store.ended(effectId);
        if (ended.isPresent()) {
            EffectStore.Ended one = ended.get();
            Task task = new Task(traits(one.effect()), one.key(), Map.of(), "", Until.CONFIRMED, true, item, lease);
            driver.reap(task, one.row());
        }
    }

    /**
     * @throws IllegalArgumentException when the name is no {@code <vendor>.<operation>}
     * @throws IOException when its file is missing or not as described
     */
    Traits traits(String effect) throws IOException {
        if (!effect.matches("[a-z0-9-]+\\.[a-z0-9-]+")) {
            throw new IllegalArgumentException("effect:" + effect + " must be effect:<vendor>.<operation>");
        }
        String name = "effects/" + effect + ".yaml";
        Optional<String> own =
                context.getPropertiesComponent().resolveProperty(FILES).map(dir -> dir + "/" + name);
        Resource brought = resource("classpath:" + name);
        if (brought.exists() || own.isEmpty()) {
            return load(effect, brought);
        }
        Traits traits = load(effect, resource("file:" + own.get()));
        ServiceLoader.load(EffectSteps.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(reader -> reader.through().equals(traits.through()))
                .forEach(reader -> traits.steps().forEach((step, how) -> {
                    try {
                        reader.check(step, how);
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(own.get() + ": steps." + step + ": " + e.getMessage(), e);
                    }
                }));
        return traits;
    }

    private Resource resource(String address) {
        return PluginHelper.getResourceLoader(context).resolveResource(address);
    }

    private static Traits load(String effect, Resource file) throws IOException {
        try (InputStream yaml = file.getInputStream()) {
            Traits traits = Traits.load(yaml);
            if (!traits.effect().equals(effect)) {
                throw new IllegalArgumentException(file.getLocation() + " speaks of " + traits.effect());
            }
            return traits;
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException("effect:" + effect + " has no file " + file.getLocation(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file.getLocation() + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Whether a Kamelet is on the class path or was added to the context as a template. */
    boolean hasKamelet(Traits traits, String step) {
        if (traits.through() != null && !traits.steps().containsKey(step)) {
            return false;
        }
        String name = VendorCalls.kamelet(traits, step);
        if (context instanceof ModelCamelContext model && model.getRouteTemplateDefinition(name) != null) {
            return true;
        }
        Resource file = resource("classpath:kamelets/" + name + ".kamelet.yaml");
        return file != null && file.exists();
    }
}
