/** The matrices: every effect operation against every fault of a vendor and every place of a kill. */
@NullMarked
package io.caravan.hub.routes.proof;

import org.jspecify.annotations.NullMarked;
