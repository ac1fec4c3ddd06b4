package io.caravan.hub.model.delivery;

/**
 * The places where a kill must lose nothing and double nothing. The code passes each of them; a test names one in the
 * system property {@code hub.fault} ({@code CP12}, or {@code CP12:3} for the third passing) and the process halts there
 * with exit code 137, as under {@code kill -9}. Without the property passing costs one field read.
 */
public enum FaultPoint {
    CP01_READ_BEFORE_TX,
    CP02_ACCEPT_IN_TX,
    CP03_COMMITTED_BEFORE_202,
    CP04_VERIFIED_BEFORE_INSERT,
    CP05_COMMITTED_BEFORE_2XX,
    CP06_IN_SLOT_TX,
    CP07_AFTER_SLOT_COMMIT,
    CP08_LOCKED_BEFORE_COMMIT,
    CP09_CLAIMED_BEFORE_HANDLER,
    CP10_IN_INTENT_TX,
    CP11_INTENT_COMMITTED_BEFORE_SOCKET,
    CP12_WRITTEN_AWAITING_REPLY,
    CP13_HEADERS_BEFORE_BODY,
    CP14_PARSED_BEFORE_COMMIT,
    CP15_IN_RESULT_TX,
    CP16_CREATED_BEFORE_VERIFY,
    CP17_LOOKED_UP_BEFORE_CANCEL,
    CP18_CANCELLED_BEFORE_COMMIT,
    CP19_BEFORE_CONFIRM_SOCKET,
    CP20_CONFIRM_IN_FLIGHT,
    CP21_CONFIRMED_BEFORE_COMMIT,
    CP22_AFTER_CONFIRM_COMMIT,
    CP23_COMPENSATION_SENT_BEFORE_COMMIT,
    CP24_IN_FINISH_TX,
    CP25_COMMITTED_BEFORE_LANE_RELEASE,
    CP26_OUTBOX_CLAIMED,
    CP27_ACKED_BEFORE_MARK,
    CP28_IN_MARK_TX,
    CP29_POLLED_BEFORE_INSERT,
    CP30_INSERTED_BEFORE_OFFSET,
    CP31_AFTER_OFFSET,
    CP32_PUT_BEFORE_ROW,
    CP33_DEAD_MOVE_TX,
    CP34_REPLAY_TX,
    CP35_EDIT_SAVED,
    CP36_DURING_DRAIN;

    /** Exit code of a process that was told to die here; the same as after SIGKILL. */
    public static final int EXIT = 137;

    private static final String ARMED = System.getProperty("hub.fault", "");
    private static final java.util.concurrent.atomic.AtomicInteger PASSES =
            new java.util.concurrent.atomic.AtomicInteger();

    /** Halts the process when this point, at this passing, is the armed one. */
    public void hit() {
        if (!ARMED.isEmpty()) {
            haltIfArmed();
        }
    }

    /** Short name: {@code CP12}. */
    public String code() {
        return name().substring(0, 4);
    }

    private void haltIfArmed() {
        int colon = ARMED.indexOf(':');
        String point = colon < 0 ? ARMED : ARMED.substring(0, colon);
        int nth = colon < 0 ? 1 : Integer.parseInt(ARMED.substring(colon + 1));
        if (code().equals(point) && PASSES.incrementAndGet() == nth) {
            System.err.println("fault point " + this + " hit, halting");
            Runtime.getRuntime().halt(EXIT);
        }
    }
}
