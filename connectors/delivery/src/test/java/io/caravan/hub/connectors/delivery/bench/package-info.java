/** Measurements that are run by hand; nothing here is a test. */
@NullMarked
package io.caravan.hub.connectors.delivery.bench;

import org.jspecify.annotations.NullMarked;
