package io.caravan.hub.config.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of shop as its connector describes it, {@code shops/<shop>.yaml}.
 *
 * @param shop the connector's name, which is the vendor of its connection
 * @param name as a seller knows it
 * @param credentials names that its connection needs
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ShopEntry(String shop, String name, List<String> credentials, String note) {

    @JsonCreator
    static ShopEntry of(
            @JsonProperty("shop") String shop,
            @JsonProperty("name") String name,
            @JsonProperty("credentials") @Nullable List<String> credentials,
            @JsonProperty("note") @Nullable String note) {
        return new ShopEntry(
                shop, name, credentials == null ? List.of() : List.copyOf(credentials), note == null ? "" : note);
    }
}
