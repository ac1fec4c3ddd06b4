/** A TCP proxy that spoils a connection on purpose: what lies between the hub and its database or a vendor. */
@NullMarked
package io.caravan.hub.connectors.sandbox.proxy;

import org.jspecify.annotations.NullMarked;
