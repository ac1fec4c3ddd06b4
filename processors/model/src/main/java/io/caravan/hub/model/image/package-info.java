@NullMarked
package io.caravan.hub.model.image;

import org.jspecify.annotations.NullMarked;
