@NullMarked
package io.caravan.hub.connectors.sandbox.proxy;

import org.jspecify.annotations.NullMarked;
