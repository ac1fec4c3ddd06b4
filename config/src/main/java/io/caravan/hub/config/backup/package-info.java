/** Backups of the embedded setting, and what a restore needs before the hub may work again. */
@NullMarked
package io.caravan.hub.config.backup;

import org.jspecify.annotations.NullMarked;
