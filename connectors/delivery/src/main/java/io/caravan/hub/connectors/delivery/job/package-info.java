/** What a caller asked for and how far it is. */
@NullMarked
package io.caravan.hub.connectors.delivery.job;

import org.jspecify.annotations.NullMarked;
