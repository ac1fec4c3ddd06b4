/** Measures the packaged hub as a user starts it, from outside: no class of the hub is known here. */
@NullMarked
package io.caravan.hub.bench;

import org.jspecify.annotations.NullMarked;
