/** What is promised, tried on hubs that are killed, paused and cut off; see docs/results.md. */
@NullMarked
package io.caravan.hub.proof;

import org.jspecify.annotations.NullMarked;
