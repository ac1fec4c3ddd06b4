@NullMarked
package io.caravan.hub.config;

import org.jspecify.annotations.NullMarked;
