/** The tenants: put in place from the file, asked for by schedules and webhooks. */
@NullMarked
package io.caravan.hub.config.accounts;

import org.jspecify.annotations.NullMarked;
