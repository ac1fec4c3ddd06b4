package io.caravan.hub.routes.proof;

import io.caravan.hub.connectors.delivery.effect.Shape;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.VendorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One operation against one fault at one of its requests, for an account and a vendor of its own. */
final class Cell {

    private static final int MOST_HELP = 6;

    private static final String MISSED = "the fault struck nothing";

    private final Matrix.Try what;
    private final Operation operation;
    private final @Nullable VendorFault fault;
    private final AccountId account;
    private final Line line;
    private final int tries;
    private final long begun = System.nanoTime();
    private final List<String> ends = new ArrayList<>();

    /** How a cell ended. @param mark one letter for the table */
    record Verdict(Matrix.Try what, String mark, List<String> wrong, long millis) {

        /** Whether nothing is known about the fault, since it met no request. */
        boolean missed() {
            return !wrong.isEmpty() && wrong.stream().allMatch(MISSED::equals);
        }

        @Override
        public String toString() {
            return what.operation().effect() + "/" + what.fault() + " at " + what.spot() + ": "
                    + String.join("; ", wrong);
        }
    }

    /** @param tries how often it was tried, with this time */
    Cell(Matrix.Try what, Line line, int tries) {
        this.what = what;
        this.operation = what.operation();
        this.fault = what.fault();
        this.line = line;
        this.tries = tries;
        this.account = new AccountId(line.id());
    }

    Operation operation() {
        return operation;
    }

    Matrix.Try again() {
        return what;
    }

    int tries() {
        return tries;
    }

    AccountId account() {
        return account;
    }

    Line line() {
        return line;
    }

    boolean over(long seconds) {
        return System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Whether a person would help it on now: reconnect, or look at the dead letter and say "again". */
    boolean helped(String state) {
        boolean help = ends.size() < MOST_HELP && !(operation.shape() == Shape.ONCE && state.equals("DEAD"));
        ends.add(state);
        return help;
    }

    /** @param state of its newest item @param phase of the operation's effect */
    Verdict judge(String state, String phase, String reason) {
        List<String> wrong = new ArrayList<>(line.troubles());
        boolean once = operation.shape() == Shape.ONCE;
        boolean told = once && state.equals("DEAD");
        if (!state.equals("DONE") && !told) {
            wrong.add("it ended " + state + " (" + reason + ")");
        }
        if (!phase.equals("CONFIRMED") && !told) {
            wrong.add("its effect is " + phase);
        }
        count(told, wrong);
        if (fault != null) {
            strikes(fault, wrong);
        }
        String mark =
                !wrong.isEmpty() ? "X" : told ? "d" : ends.contains("DEAD") ? "r" : ends.contains("PARKED") ? "p" : ".";
        return new Verdict(what, mark, wrong, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private void count(boolean told, List<String> wrong) {
        // a vendor that does one request twice makes two of what cannot be taken back
        int most = fault == VendorFault.TWO_FOUND && operation.shape() != Shape.REVERSIBLE ? 2 : 1;
        SandboxState state = line.sandbox().state(operation.vendor());
        wrong.addAll(Flow.of(operation).wrong(state, told ? 0 : 1, most));
    }

    private void strikes(VendorFault hit, List<String> wrong) {
        if (line.struck() == 0) {
            wrong.add(MISSED);
        }
        for (VendorException failure : line.failures()) {
            boolean right = hit.names(failure.code())
                    && (hit.kinds().isEmpty() || hit.kinds().contains(failure.kind()));
            if (!right && failure.code().equals("time-out")) {
                // a busy machine was slower than the fault
                wrong.add(MISSED);
            } else if (!right) {
                wrong.add("taken for " + failure.kind() + " " + failure.code() + ", not for " + hit.kinds() + ": "
                        + failure.getMessage());
            }
        }
        if (!hit.kinds().isEmpty() && line.failures().size() < line.struck()) {
            wrong.add(line.struck() - line.failures().size() + " strikes were taken for success");
        }
        List<Seen> seen = line.seen();
        for (int i = 0; i + 1 < seen.size(); i++) {
            long waited = TimeUnit.NANOSECONDS.toMillis(
                    seen.get(i + 1).at() - seen.get(i).at());
            boolean limited = seen.get(i).strike().startsWith("429");
            if (limited && waited < TimeUnit.SECONDS.toMillis(Times.WAIT_S)) {
                wrong.add("called again " + waited + " ms after a 429 that said " + Times.WAIT_S + " s");
            }
        }
    }
}
