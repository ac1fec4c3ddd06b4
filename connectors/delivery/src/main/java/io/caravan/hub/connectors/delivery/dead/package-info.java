/** Work that needs a person. */
@NullMarked
package io.caravan.hub.connectors.delivery.dead;

import org.jspecify.annotations.NullMarked;
