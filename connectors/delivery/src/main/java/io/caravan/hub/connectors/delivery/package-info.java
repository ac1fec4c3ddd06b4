/** How work and effects survive a crash: lanes, leases, intents, gates and what the Camel components stand on. */
@NullMarked
package io.caravan.hub.connectors.delivery;

import org.jspecify.annotations.NullMarked;
