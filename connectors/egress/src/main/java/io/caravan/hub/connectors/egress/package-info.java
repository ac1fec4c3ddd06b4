/**
 * The one way out to vendors. Camel's http component with every default that loses, doubles or leaks switched off, an
 * allow-list for headers, transport failures sorted into {@link io.caravan.hub.model.ErrorKind kinds}, and the reading of
 * replies that every connector shares.
 */
@NullMarked
package io.caravan.hub.connectors.egress;

import org.jspecify.annotations.NullMarked;
