@NullMarked
package io.caravan.hub.config.settings;

import org.jspecify.annotations.NullMarked;
