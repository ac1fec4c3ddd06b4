/** What one work item or request writes, collected until it commits as a whole. */
@NullMarked
package io.caravan.hub.connectors.delivery.unit;

import org.jspecify.annotations.NullMarked;
