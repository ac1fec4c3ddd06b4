/** The delivery protocols in virtual time: which of them lose or double an effect, and how often. */
@NullMarked
package io.caravan.hub.connectors.delivery.sim;

import org.jspecify.annotations.NullMarked;
