/** AliExpress read from its pages, for products that its API does not give: off unless a connection switches it on. */
@NullMarked
package io.caravan.hub.connectors.aliexpresspage;

import org.jspecify.annotations.NullMarked;
