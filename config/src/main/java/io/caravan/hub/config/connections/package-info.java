@NullMarked
package io.caravan.hub.config.connections;

import org.jspecify.annotations.NullMarked;
