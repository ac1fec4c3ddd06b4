/** AliExpress' pages in several generations, with their traps; shares no code with the connector's reader. */
@NullMarked
package io.caravan.hub.connectors.aliexpresspage.sandbox;

import org.jspecify.annotations.NullMarked;
