/** How Twilio SendGrid speaks: one mail sent, and the signed events that tell what became of it. */
@NullMarked
package io.caravan.hub.connectors.sendgrid;

import org.jspecify.annotations.NullMarked;
