/** AliExpress as seen from outside. */
@NullMarked
package io.caravan.hub.connectors.aliexpress.sandbox;

import org.jspecify.annotations.NullMarked;
