@NullMarked
package io.caravan.hub.config.cli;

import org.jspecify.annotations.NullMarked;
