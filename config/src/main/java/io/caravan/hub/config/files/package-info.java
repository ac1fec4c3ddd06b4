@NullMarked
package io.caravan.hub.config.files;

import org.jspecify.annotations.NullMarked;
