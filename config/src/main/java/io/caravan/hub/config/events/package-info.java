/** Events through Kafka, under the profile kafka alone. */
@NullMarked
package io.caravan.hub.config.events;

import org.jspecify.annotations.NullMarked;
