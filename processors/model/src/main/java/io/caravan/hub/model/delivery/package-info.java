@NullMarked
package io.caravan.hub.model.delivery;

import org.jspecify.annotations.NullMarked;
