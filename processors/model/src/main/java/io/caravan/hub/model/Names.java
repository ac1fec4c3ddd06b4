package io.caravan.hub.model;

/** Names that more than one room uses: exchange variables, exchange properties, headers, topics. */
public final class Names {

    /** Exchange variable: the {@code connection.Connection} whose vendor is being called. */
    public static final String CONNECTION = "connection";
    /** Exchange variable: the deterministic reference of the effect in progress, 26 characters. */
    public static final String REFERENCE = "reference";
    /** Exchange variable: the vendor's id of the object to confirm or cancel. */
    public static final String VENDOR_ID = "vendorId";
    /** Exchange variable: the {@link AccountId} on whose behalf the exchange runs. */
    public static final String ACCOUNT = "account";
    /** Exchange variable: the trace id, which is the id of the trend, idea, image or listing whose story this is. */
    public static final String TRACE = "traceId";
    /** Exchange variable: the id of the job that asked for this work, absent for scheduled work. */
    public static final String JOB = "jobId";
    /** Exchange variable: the request id of the REST call, absent elsewhere. */
    public static final String REQUEST = "requestId";

    /** Exchange variable: how a person described the step of an effect that is being run, as a Map. */
    public static final String EFFECT_STEP = "effectStep";

    /** Exchange variable beside it: create, lookup, confirm or cancel. */
    public static final String EFFECT_VERB = "effectVerb";

    private Names() {}
}
