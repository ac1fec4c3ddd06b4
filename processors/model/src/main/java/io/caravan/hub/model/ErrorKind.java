package io.caravan.hub.model;

/**
 * What a vendor's failure means for us. The connector classifies, the route and the delivery engine decide.
 */
public enum ErrorKind {
    /** The request provably never left: connection refused, DNS, TLS, a local limit. Sending again is safe. */
    NOT_SENT,
    /** Time-out, reset, 5xx or an unreadable success. For a change at a vendor the outcome is unknown. */
    TRANSIENT,
    /** Asked to wait; the wait may be told. The request was not carried out. */
    RATE_LIMITED,
    /** The credential is refused or expired. */
    UNAUTHORISED,
    /** Money or quota is used up; waiting does not help, a person has to act. */
    EXHAUSTED,
    /** The vendor says no to the content of this request, also a content-policy refusal; never sent again as it is. */
    REJECTED,
    /** The object is not there (any more). */
    GONE
}
