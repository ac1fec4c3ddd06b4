@NullMarked
package io.caravan.hub.config.objects;

import org.jspecify.annotations.NullMarked;
