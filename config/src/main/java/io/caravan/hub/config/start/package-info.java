@NullMarked
package io.caravan.hub.config.start;

import org.jspecify.annotations.NullMarked;
