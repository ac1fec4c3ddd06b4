package io.caravan.hub.routes.proof;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.routes.proof.Cell.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs cells beside each other, helps on those that wait for a person, and judges each at its end. */
final class Matrix {

    private static final int AT_ONCE = Integer.getInteger("hub.proof.at-once", 64);
    /** On a machine so busy that a request times out by itself, the fault may meet another than it was meant for. */
    private static final int TRIES = 3;

    private static final int LIMIT_S = Integer.getInteger("hub.proof.limit-s", 300);

    private final DeliveryEngine engine;
    private final Ledger ledger;
    private final Gateway gateway;
    private int opened;

    /** What is to be tried. @param spot null for no fault */
    record Try(Operation operation, @Nullable VendorFault fault, Line.@Nullable Spot spot) {}

    /** A cell's newest item, and how far its effect is. */
    private record Row(String work, String state, String reason, String phase) {}

    Matrix(DeliveryEngine engine, Ledger ledger, Gateway gateway) {
        this.engine = engine;
        this.ledger = ledger;
        this.gateway = gateway;
    }

    /** @param each is told of every cell before its line is closed */
    List<Verdict> run(List<Try> tries, Consumer<Cell> each) {
        Deque<Try> waiting = new ArrayDeque<>(tries);
        List<Cell> open = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        while (!waiting.isEmpty() || !open.isEmpty()) {
            while (open.size() < AT_ONCE && !waiting.isEmpty()) {
                open.add(begin(waiting.remove(), 1));
            }
            Map<String, Row> rows = rows();
            for (Cell cell : List.copyOf(open)) {
                Row row = rows.get(cell.account().value());
                if (row != null && ended(cell, row)) {
                    Verdict verdict = cell.judge(row.state(), row.phase(), row.reason());
                    each.accept(cell);
                    gateway.close(cell.line());
                    open.remove(cell);
                    if (verdict.missed() && cell.tries() < TRIES) {
                        open.add(begin(cell.again(), cell.tries() + 1));
                    } else {
                        verdicts.add(verdict);
                    }
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return verdicts;
    }

    private Cell begin(Try one, int tries) {
        Line line = gateway.open("c" + ++opened, one.operation().effect());
        if (one.fault() != null && one.spot() != null) {
            line.arm(one.spot(), one.fault().strikes());
        }
        Cell cell = new Cell(one, line, tries);
        engine.work()
                .insert(NewWork.of(
                        cell.account(),
                        one.operation().type(),
                        "one",
                        Map.of("key", cell.account().value())));
        return cell;
    }

    private boolean ended(Cell cell, Row row) {
        if (cell.over(LIMIT_S)) {
            return true;
        }
        switch (row.state()) {
            case "DONE" -> {
                return true;
            }
            case "PARKED" -> {
                if (cell.helped("PARKED")) {
                    engine.parking().resume(cell.account(), cell.operation().vendor());
                    return false;
                }
                return true;
            }
            case "DEAD" -> {
                if (cell.helped("DEAD")) {
                    engine.deadLetters().replay(cell.account(), row.work(), "proof", "looked at");
                    return false;
                }
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /** By account. */
    private Map<String, Row> rows() {
        String query = "SELECT w.tenant_id, w.id, w.state, w.reason, (SELECT MAX(e.phase) FROM effect e WHERE"
                + " e.tenant_id = w.tenant_id AND w.type = CONCAT('proof.', e.vendor, '-', e.operation)) AS phase"
                + " FROM work w WHERE w.type LIKE 'proof.%' ORDER BY w.id";
        Map<String, Row> rows = new HashMap<>();
        ledger.rows(query)
                .forEach(row -> rows.put(row.get(0), new Row(row.get(1), row.get(2), row.get(3), row.get(4))));
        return rows;
    }
}
