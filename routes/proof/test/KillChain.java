package io.caravan.hub.routes.proof;

import io.caravan.hub.model.delivery.FaultPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Kills one hub again and again on the same database: each start takes up what the last one left and dies in the next
 * cell; a last one, without a fault, ends everything. What was not said yes to is asked again.
 */
final class KillChain implements Callable<KillChain.Report> {

    /** How long a process lives without any progress, in seconds. */
    private static final int PATIENCE = 60;
    /** Longest life, in seconds: nobody waits for one that hangs. */
    private static final int LIFE = 600;
    /** A process that a busy machine stalled halts, as it should, and is started again. */
    private static final int TRIES = 4;

    private final String ledger;
    private final Gateway gateway;
    private final Path folder;
    private final Life life;
    private final List<Kill> kills;
    private final Set<Deed> asked = new LinkedHashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> killed = new ArrayList<>();
    private int lives;

    /**
     * How a chain went.
     *
     * @param killed faults that killed a process
     * @param lives processes that were started
     */
    record Report(List<String> killed, int lives, List<String> wrong) {}

    KillChain(String ledger, Gateway gateway, Path folder, Life life, List<Kill> kills) {
        this.ledger = ledger;
        this.gateway = gateway;
        this.folder = folder;
        this.life = life;
        this.kills = kills;
    }

    @Override
    public Report call() throws Exception {
        for (Kill kill : kills) {
            gateway.open(kill.account(), kill.operation().effect());
            for (String fault : kill.faults()) {
                die(kill, fault);
            }
        }
        asked.removeIf(deed -> deed.kind().equals("stop"));
        for (int again = 0; again < TRIES; again++) {
            End end = live("");
            if (end.exit() == 0) {
                return new Report(killed, lives, wrong);
            }
            if (end.exit() != FaultPoint.EXIT) {
                wrong.add("the last life ended with " + end.exit() + ": " + end.output());
                return new Report(killed, lives, wrong);
            }
        }
        wrong.add("the last life was stalled again and again");
        return new Report(killed, lives, wrong);
    }

    private void die(Kill kill, String fault) throws IOException, InterruptedException {
        if (fault.equals(kill.faults().get(0))) {
            asked.addAll(kill.deeds());
        }
        End end = null;
        for (int again = 0; again < TRIES; again++) {
            end = live(fault);
            if (end.exit() == FaultPoint.EXIT && end.output().contains("fault point " + fault.substring(0, 4))) {
                killed.add(fault);
                return;
            }
            if (end.exit() != FaultPoint.EXIT) {
                break;
            }
        }
        wrong.add(kill + ": not killed at " + fault + " but ended with " + end);
    }

    private record End(int exit, String output) {}

    private End live(String fault) throws IOException, InterruptedException {
        Path deeds = Files.write(
                folder.resolve("deeds"), asked.stream().map(Deed::toString).toList(), StandardCharsets.UTF_8);
        Path output = folder.resolve("life-" + ++lives + ".log");
        Process process = life.process(fault, ledger, folder, deeds, PATIENCE)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LIFE, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        said.lines().filter(line -> line.startsWith("yes ")).forEach(line -> asked.remove(Deed.of(line.substring(4))));
        return new End(process.exitValue(), said);
    }
}
