package io.caravan.hub.model.trend;

/** What a signal's volume counts; values of different units are never added. */
public enum Volume {
    SEARCHES,
    PLAYS,
    UPVOTES,
    POSTS,
    CURATED
}
