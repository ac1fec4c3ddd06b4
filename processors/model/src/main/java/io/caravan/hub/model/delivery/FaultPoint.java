package io.caravan.hub.model.delivery;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The places where a kill must lose nothing and double nothing. The code passes each of them; a test names one in the
 * system property {@code hub.fault} and the process halts there with exit code 137, as under {@code kill -9}: {@code CP12},
 * {@code CP12:3} for the third passing, {@code CP12@etsy.listing} for passings of that effect or work type alone. Without
 * the property passing costs one field read.
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
    private static final AtomicInteger PASSES = new AtomicInteger();
    private static final ThreadLocal<@Nullable String> ABOUT = new ThreadLocal<>();

    /**
     * Says which effect or work type this thread passes points for from now on, where the code at the point cannot know.
     *
     * @param effect null for none
     */
    public static void about(@Nullable String effect) {
        if (!ARMED.isEmpty()) {
            ABOUT.set(effect);
        }
    }

    /** Halts the process when this point, at this passing, is the armed one. */
    public void hit() {
        if (!ARMED.isEmpty()) {
            haltIfArmed(ABOUT.get());
        }
    }

    /** The same, for the named effect or work type. */
    public void hit(String about) {
        if (!ARMED.isEmpty()) {
            haltIfArmed(about);
        }
    }

    /** Short name: {@code CP12}. */
    public String code() {
        return name().substring(0, 4);
    }

    private void haltIfArmed(@Nullable String about) {
        int colon = ARMED.indexOf(':');
        int nth = colon < 0 ? 1 : Integer.parseInt(ARMED.substring(colon + 1));
        String[] point = (colon < 0 ? ARMED : ARMED.substring(0, colon)).split("@", 2);
        boolean meant = code().equals(point[0]) && (point.length == 1 || point[1].equals(about));
        if (meant && PASSES.incrementAndGet() == nth) {
            System.err.println("fault point " + this + " hit, halting");
            Runtime.getRuntime().halt(EXIT);
        }
    }
}
