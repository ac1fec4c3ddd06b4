package io.caravan.hub.routes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.caravan.hub.connectors.delivery.effect.Shape;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A restore over every effect operation on the class path. The world goes on until everything asked for is at the
 * vendors; then the hub's database is put back to moments before that, the quarantine begins, as {@code ./hub restore} has
 * it, and everything runs again. No vendor has anything twice, and what can be looked up is taken over by its reference:
 * the ledger has the same object of the vendor as before.
 *
 * <p>The short form goes back to two moments, before the first call and in the middle; {@code -Dhub.proof=true} to ten.
 */
class RestoreTest {

    private static final boolean LONG = Boolean.getBoolean("hub.proof");
    private static final int MOMENTS = LONG ? 10 : 2;
    /** Business objects of each operation, one after the other, so that at every moment some have begun. */
    private static final int EACH = LONG ? 4 : 2;

    @TempDir
    static Path folder;

    @BeforeAll
    static void quiet() {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.INFO);
    }

    @Test
    void whateverMomentIsPutBackNothingIsMadeTwiceAndWhatIsThereIsTakenOver() throws Exception {
        long start = System.nanoTime();
        List<Operation> operations = Operation.found(Proof.example());
        Path files = Proof.own(operations, folder.resolve("files"));
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        int adopted = 0;
        try (Gateway gateway = new Gateway(folder.resolve("vendors"), URI.create("http://127.0.0.1:1"))) {
            Past past = new Past(folder.resolve("ledger"), operations, files, gateway);
            List<Past.Asked> asked = past.ask(EACH);
            List<Past.Moment> moments = past.live(MOMENTS);
            Map<String, String> objects = past.objects();
            asked.forEach(one -> wrong.addAll(past.wrong(one, "before any restore", true)));
            for (Past.Moment moment : moments) {
                past.goBack(moment);
                cases += asked.size();
                asked.forEach(one -> wrong.addAll(past.wrong(one, moment.toString(), false)));
                adopted += past.adopted();
                Map<String, String> now = past.objects();
                List<String> locked = past.locked();
                objects.forEach((effect, id) -> {
                    boolean waits = locked.contains(effect.substring(0, effect.indexOf(' ')));
                    if (!id.equals(now.get(effect)) && !waits) {
                        wrong.add(moment + ": " + effect + " was " + id + " and is " + now.get(effect));
                    }
                });
                System.out.println("put back to " + moment + ": " + past.adopted() + " objects taken over, "
                        + locked.size() + " wait for a lock");
            }
            print(asked, moments.size(), cases, adopted, wrong.size(), start);
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThanOrEqualTo(operations.size() * 2);
        assertThat(adopted).as("objects taken over by their references").isPositive();
    }

    private static void print(List<Past.Asked> asked, int moments, int cases, int adopted, int wrong, long start) {
        Map<Shape, Long> shapes = new TreeMap<>(asked.stream()
                .map(Past.Asked::operation)
                .distinct()
                .collect(Collectors.groupingBy(Operation::shape, Collectors.counting())));
        System.out.printf(
                "restore: operations %s, %d moments, %d cases, %d objects taken over, %d things wrong, %d s%n",
                shapes,
                moments,
                cases,
                adopted,
                wrong,
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }
}
