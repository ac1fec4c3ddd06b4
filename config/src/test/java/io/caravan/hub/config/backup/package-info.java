@NullMarked
package io.caravan.hub.config.backup;

import org.jspecify.annotations.NullMarked;
