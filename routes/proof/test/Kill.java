package io.caravan.hub.routes.proof;

import io.caravan.hub.model.delivery.FaultPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell of the kill matrix: an account of its own with two items in one lane, and the points at which the process that
 * works on the first of them is killed, one life after the other.
 *
 * @param number of the cell
 * @param faults as in {@code hub.fault}, one for each life
 * @param doors the kinds of deed by which its items come in, the first for both items
 * @param back whether its items are taken back
 */
record Kill(int number, Operation operation, List<String> faults, List<String> doors, boolean back) {

    static final List<String> KEYS = List.of("a", "b");

    String account() {
        return number + "-" + operation.effect().replace('.', '-');
    }

    String key(String which) {
        return "k" + number + which;
    }

    String type() {
        return back ? operation.backType() : operation.type();
    }

    /** What the world asks for; a bad first item where it is to become a dead letter. */
    List<Deed> deeds() {
        List<Deed> all = new ArrayList<>();
        boolean dies = doors.contains("replay");
        for (String which : KEYS) {
            all.add(new Deed(doors.get(0), account(), type(), key(which), dies && which.equals("a") ? "bad" : "-"));
        }
        doors.stream().skip(1).forEach(door -> all.add(new Deed(door, account(), type(), key("a"), "-")));
        return all;
    }

    /** The point of a life. */
    static FaultPoint point(String fault) {
        for (FaultPoint point : FaultPoint.values()) {
            if (fault.startsWith(point.code())) {
                return point;
            }
        }
        throw new IllegalArgumentException(fault);
    }

    @Override
    public String toString() {
        return operation.effect() + " killed at " + String.join(", then ", faults);
    }
}
