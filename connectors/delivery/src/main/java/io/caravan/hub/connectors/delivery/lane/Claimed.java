package io.caravan.hub.connectors.delivery.lane;

import io.caravan.hub.connectors.delivery.work.WorkItem;

/** A lane's oldest item and the lease under which it may be run. */
public record Claimed(WorkItem item, Lease lease) {}
