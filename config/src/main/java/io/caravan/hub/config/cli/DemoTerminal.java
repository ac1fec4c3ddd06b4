package io.caravan.hub.config.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Lines with the time since the start in front; the last line of a terminal shows what is being waited for. */
final class DemoTerminal {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean live = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    private final long began = System.nanoTime();
    private boolean waiting;

    DemoTerminal(PrintWriter out) {
        this.out = out;
    }

    /** A line of the story. */
    synchronized void say(String line) {
        clear();
        out.println(line.isEmpty() ? "" : String.format(Locale.ROOT, "%6.1fs  %s", seconds(), line));
        out.flush();
    }

    /** A line below the last one. */
    synchronized void detail(String line) {
        clear();
        out.println("           " + line);
        out.flush();
    }

    /** What is being waited for; shown on a terminal only, and gone with the next line. */
    synchronized void wait(String what) {
        if (live) {
            out.print(CLEAR_LINE + String.format(Locale.ROOT, "%6.1fs  ... %s", seconds(), what));
            out.flush();
            waiting = true;
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void clear() {
        if (waiting) {
            out.print(CLEAR_LINE);
            waiting = false;
        }
    }

    private double seconds() {
        return elapsed().toMillis() / 1000.0;
    }
}
