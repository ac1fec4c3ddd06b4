/** What the connectors on the class path say of themselves: which suppliers and shops there are. */
@NullMarked
package io.caravan.hub.config.catalogue;

import org.jspecify.annotations.NullMarked;
