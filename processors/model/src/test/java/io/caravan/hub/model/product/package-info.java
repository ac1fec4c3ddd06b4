@NullMarked
package io.caravan.hub.model.product;

import org.jspecify.annotations.NullMarked;
