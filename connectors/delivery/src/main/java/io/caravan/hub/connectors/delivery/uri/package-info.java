/** Endpoints written as a scheme with parameters, the form of editors. */
@NullMarked
package io.caravan.hub.connectors.delivery.uri;

import org.jspecify.annotations.NullMarked;
