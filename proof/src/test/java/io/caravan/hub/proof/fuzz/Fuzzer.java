package io.caravan.hub.proof.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.nio.file.Path;
import java.util.List;

/** What jazzer calls, in a process of its own: {@code hub.fuzz.group} names the targets. */
public final class Fuzzer {

    /** All that are no Kamelets: soon begun, since nothing of Camel has to be instrumented. */
    static final String PARSERS = "parsers";

    static final String GROUP = "hub.fuzz.group";
    static final String FINDINGS = "hub.fuzz.findings";

    private static final List<Target> TARGETS = targets(System.getProperty(GROUP, PARSERS));
    private static final Path KEPT = Path.of(System.getProperty(FINDINGS, "target/fuzz"));

    private Fuzzer() {}

    /** Makes the targets before the first input, whose time would be over with that. */
    public static void fuzzerInitialize() {
        if (TARGETS.isEmpty()) {
            throw new IllegalStateException("no targets of the group " + System.getProperty(GROUP));
        }
    }

    private static List<Target> targets(String group) {
        List<Target> known = Targets.parsers();
        if (group.equals(PARSERS)) {
            return known;
        }
        boolean parser = known.stream().anyMatch(target -> target.group().equals(group));
        return (parser ? known : Targets.all())
                .stream().filter(target -> target.group().equals(group)).toList();
    }

    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        Choices choices = Choices.of(data);
        Target target = choices.one(TARGETS);
        target.tried(Shapes.input(target, choices), KEPT);
    }
}
