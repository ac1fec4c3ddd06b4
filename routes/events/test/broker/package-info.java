/** A Kafka broker of our own, in a process of its own. */
@NullMarked
package io.caravan.hub.routes.events.broker;

import org.jspecify.annotations.NullMarked;
