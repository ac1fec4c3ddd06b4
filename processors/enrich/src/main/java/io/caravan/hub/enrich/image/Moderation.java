package io.caravan.hub.enrich.image;

/** What the moderation model said of the picture. */
public enum Moderation {
    CLEAN,
    FLAGGED,
    /** It was not asked, or gave no usable answer: a person looks. */
    NOT_RUN
}
