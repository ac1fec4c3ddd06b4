@NullMarked
package io.caravan.hub.routes.events;

import org.jspecify.annotations.NullMarked;
