/** What every delivery test stands on: both databases, an engine, a vendor in memory. */
@NullMarked
package io.caravan.hub.connectors.delivery.rig;

import org.jspecify.annotations.NullMarked;
