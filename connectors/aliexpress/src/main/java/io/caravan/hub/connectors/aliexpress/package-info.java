/** AliExpress as a supplier: the dropshipper's API of its open platform. */
@NullMarked
package io.caravan.hub.connectors.aliexpress;

import org.jspecify.annotations.NullMarked;
