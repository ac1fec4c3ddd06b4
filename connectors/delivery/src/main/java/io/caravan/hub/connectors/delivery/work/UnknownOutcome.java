package io.caravan.hub.connectors.delivery.work;

/** A change that may happen at most once may have happened: a person has to find out. */
public class UnknownOutcome extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownOutcome(String message) {
        super(message, null, false, false);
    }
}
