/** What the inner rooms ask of the outer ones. Implemented in {@code config}, used by name. */
@NullMarked
package io.caravan.hub.model.port;

import org.jspecify.annotations.NullMarked;
