/** Who may work on which aggregate, and until when: lanes, leases, fences, the heartbeat. */
@NullMarked
package io.caravan.hub.connectors.delivery.lane;

import org.jspecify.annotations.NullMarked;
