package io.caravan.hub.routes.proof;

import io.caravan.hub.connectors.delivery.effect.Shape;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.ArrayList;
import java.util.List;

/** Compares what was asked for and said yes to with what the vendors have and with the database. */
final class KillJudge {

    private final Ledger ledger;
    private final Gateway gateway;

    KillJudge(Ledger ledger, Gateway gateway) {
        this.ledger = ledger;
        this.gateway = gateway;
    }

    /** What is wrong with a cell after everything ended; empty when nothing is. */
    List<String> wrong(Kill kill) {
        List<String> wrong = new ArrayList<>();
        List<List<String>> items = ledger.rows(
                "SELECT payload, state, reason FROM work WHERE tenant_id = ? AND type = ? ORDER BY seq",
                kill.account(),
                kill.type());
        List<String> dead =
                ledger.rows("SELECT work_id FROM dead WHERE tenant_id = ? AND state = 'OPEN'", kill.account()).stream()
                        .map(row -> row.get(0))
                        .toList();
        boolean once = kill.operation().shape() == Shape.ONCE;
        int told = 0;
        for (String which : Kill.KEYS) {
            List<List<String>> mine = items.stream()
                    .filter(item -> item.get(0).contains("\"" + kill.key(which) + "\""))
                    .toList();
            long done = mine.stream().filter(item -> item.get(1).equals("DONE")).count();
            long died = mine.stream().filter(item -> item.get(1).equals("DEAD")).count();
            boolean helped = kill.doors().contains("replay") && which.equals("a");
            boolean known = once && done == 0 && died == 1;
            told += known ? 1 : 0;
            if (!known && (done != 1 || died != (helped ? 1 : 0) || mine.size() != (helped ? 2 : 1))) {
                wrong.add("item " + which + " ended as " + mine);
            }
        }
        if (dead.size() != told) {
            wrong.add("dead letters: " + dead + ", where " + told + " are for a person");
        }
        events(kill, Kill.KEYS.size() - told, wrong);
        order(kill, wrong);
        SandboxState state =
                gateway.line(kill.account()).sandbox().state(kill.operation().vendor());
        wrong.addAll(Flow.of(kill.operation()).wrong(state, kill.back() ? 0 : Kill.KEYS.size() - told, most(kill)));
        wrong.replaceAll(one -> kill + ": " + one);
        return wrong;
    }

    private static int most(Kill kill) {
        return kill.back() ? 0 : Kill.KEYS.size();
    }

    private void events(Kill kill, int wanted, List<String> wrong) {
        int events = ledger.rows("SELECT id FROM outbox WHERE tenant_id = ? AND published = TRUE", kill.account())
                .size();
        int told = ledger.rows(
                        "SELECT id FROM work WHERE tenant_id = ? AND type = 'proof.told' AND state = 'DONE'",
                        kill.account())
                .size();
        if (events != wanted || told != wanted) {
            wrong.add(events + " events and " + told + " tellings of " + wanted);
        }
    }

    /** Nobody overtakes in a lane; who died and was replayed stands at its end. */
    private void order(Kill kill, List<String> wrong) {
        List<String> finished = ledger
                .rows(
                        "SELECT seq FROM work WHERE tenant_id = ? AND type = ? AND state = 'DONE'"
                                + " ORDER BY finished_at, seq",
                        kill.account(),
                        kill.type())
                .stream()
                .map(row -> row.get(0))
                .toList();
        List<String> sorted = finished.stream()
                .sorted(java.util.Comparator.comparingLong(Long::parseLong))
                .toList();
        if (!finished.equals(sorted)) {
            wrong.add("overtaken: " + finished);
        }
    }
}
