package io.caravan.hub.proof.lab;

/** Whether the long forms run: {@code ./mvnw verify -Pproof}. */
public final class Proof {

    public static final boolean LONG = Boolean.getBoolean("hub.proof");

    private Proof() {}

    public static int times(int shortForm, int longForm) {
        return LONG ? longForm : shortForm;
    }

    /** A line of figures for docs/results.md. */
    @SuppressWarnings("PMD.SystemPrintln")
    public static void tell(String format, Object... values) {
        System.out.printf(java.util.Locale.ROOT, "proof: " + format + "%n", values);
    }
}
