package io.caravan.hub.config.lint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a loaded route.
 *
 * @param kind the EIP's name in YAML: {@code to}, {@code split}
 * @param depth how many steps it lies in
 * @param settings by name of the model, with placeholders filled
 * @param raw where it sends to, as written
 * @param address where it sends to, with placeholders filled
 */
public record Step(
        String kind,
        String id,
        int depth,
        List<String> around,
        Map<String, String> settings,
        @Nullable Address raw,
        @Nullable Address address) {

    /** Parts of another step that have steps themselves. */
    private static final Set<String> PARTS = Set.of("when", "otherwise", "onFallback", "doCatch", "doFinally");

    private static final Address NOWHERE = new Address("", "", "", Map.of());

    /** Whether a reader of the YAML would count it. */
    public boolean counts() {
        return !PARTS.contains(kind);
    }

    /** Never null: an empty address is one that this step does not have. */
    public Address to() {
        return address == null ? NOWHERE : address;
    }

    Address written() {
        return raw == null ? NOWHERE : raw;
    }

    public boolean sendsTo(String scheme) {
        return to().scheme().equals(scheme);
    }

    /** Empty when it is not set. */
    public String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    boolean is(String name, String value) {
        return setting(name).equalsIgnoreCase(value);
    }

    /** Every text that somebody wrote into this step, its addresses included. */
    Stream<String> texts() {
        return settings.values().stream();
    }

    /** Languages of its expressions. */
    Stream<String> languages() {
        return settings.entrySet().stream()
                .filter(setting -> setting.getKey().endsWith(".language"))
                .map(Map.Entry::getValue);
    }

    @Override
    public String toString() {
        return id.isEmpty() ? kind : kind + " " + id;
    }
}
