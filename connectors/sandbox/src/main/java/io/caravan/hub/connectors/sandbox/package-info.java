/**
 * The frame every vendor's sandbox stands in: HTTP, state that survives a kill of the hub, limits, faults to inject, and
 * a log of what was received. A sandbox shows a vendor as seen from outside and shares no code with its connector's client.
 */
@NullMarked
package io.caravan.hub.connectors.sandbox;

import org.jspecify.annotations.NullMarked;
