package io.caravan.hub.connectors.delivery.dead;

import java.util.Locale;
import java.util.Set;

/** One dead letter of the matrix: what it is about, how it died, and what a person does. */
record ReplayCell(Thing thing, Cause cause, Way way) {

    /** What the item would do. */
    enum Thing {
        /** Nothing at a vendor. */
        PLAIN(""),
        REVERSIBLE("thing"),
        IDEMPOTENT("slot"),
        REPEATABLE("paint"),
        ONCE("mail");

        final String operation;

        Thing(String operation) {
            this.operation = operation;
        }

        String type() {
            return "replay-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it died. */
    enum Cause {
        /** The vendor refused it. */
        REJECTED("rejected", false),
        /** What it is about is not there any more. */
        GONE("gone", false),
        /** Nobody can do anything with the payload. */
        INVALID("invalid", false),
        /** Tried as often as allowed, nothing was sent. */
        ATTEMPTS("attempts", false),
        /** Made, and refused when it was to be confirmed. */
        HALF("rejected", true),
        /** Made, nobody knows, and the look-up was refused. */
        DOUBT("rejected", true),
        /** May be done once, and nobody knows; it was not. */
        UNKNOWN("unknown_outcome", false);

        /** As the dead letter says. */
        final String word;
        /** Whether the vendor has it. */
        final boolean made;

        Cause(String word, boolean made) {
            this.word = word;
            this.made = made;
        }

        boolean fits(Thing thing) {
            return switch (this) {
                case REJECTED, GONE -> thing != Thing.PLAIN;
                case INVALID, ATTEMPTS -> true;
                case HALF -> thing == Thing.REVERSIBLE;
                case DOUBT -> Set.of(Thing.REVERSIBLE, Thing.IDEMPOTENT).contains(thing);
                case UNKNOWN -> thing == Thing.ONCE;
            };
        }
    }

    /** What a person does. */
    enum Way {
        REPLAY,
        EDIT_AND_REPLAY,
        /** Everything of a type and a cause, by two people at once. */
        BULK,
        SIXTEEN_AT_ONCE,
        TWICE,
        /** Somebody of another account tries everything; then its owner replays it. */
        OTHER_ACCOUNT,
        /** Newer work of its lane did it meanwhile. */
        DONE_MEANWHILE,
        PUT_AWAY,
        /** Refused without a look-up; looked up, and done anew when nothing was found. */
        AS_NEW,
        /** Sixteen people edit it while one replays it. */
        EDITED_WHILE_REPLAYED
    }

    String key() {
        return String.format(Locale.ROOT, "%s.%s.%s", thing, cause, way);
    }

    /** Whether a replay under the same references ends well. */
    boolean endsWell() {
        return cause != Cause.UNKNOWN;
    }
}
