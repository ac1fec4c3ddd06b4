@NullMarked
package io.caravan.hub.config.delivery;

import org.jspecify.annotations.NullMarked;
