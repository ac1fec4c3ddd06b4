/** Every parser that meets bytes from outside, given what nobody should send: a value, or the failure that it declares. */
@NullMarked
package io.caravan.hub.proof.fuzz;

import org.jspecify.annotations.NullMarked;
