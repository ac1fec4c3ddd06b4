/** Whether the bench itself works. */
@NullMarked
package io.caravan.hub.bench;

import org.jspecify.annotations.NullMarked;
