@NullMarked
package io.caravan.hub.config.security;

import org.jspecify.annotations.NullMarked;
