/** SendGrid as seen from outside. */
@NullMarked
package io.caravan.hub.connectors.sendgrid.sandbox;

import org.jspecify.annotations.NullMarked;
