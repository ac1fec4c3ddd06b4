/** Sends requests: as fast as they are answered, or at a rate that does not wait for answers. */
@NullMarked
package io.caravan.hub.bench.load;

import org.jspecify.annotations.NullMarked;
