package io.caravan.hub.config.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A kind of shop as its connector describes it, {@code shops/<shop>.yaml}.
 *
 * @param shop the connector's name, which is the vendor of its connection
 * @param name as a seller knows it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ShopEntry(String shop, String name) {}
