package io.caravan.hub.config.objects;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where objects are kept, under {@code hub.objects.s3.*}.
 *
 * @param s3 a bucket, instead of the data folder
 */
@Validated
@ConfigurationProperties("hub.objects")
public record ObjectsProperties(@NotNull @DefaultValue S3 s3) {

    /**
     * @param bucket empty: objects lie in the data folder
     * @param region Defaults to {@code us-east-1}
     * @param endpoint of a compatible server; absent for Amazon's own
     * @param accessKey with {@code secretKey}; absent: the SDK's own chain (environment, profile, instance role)
     */
    public record S3(
            @DefaultValue("") String bucket,
            @DefaultValue("us-east-1") String region,
            @Nullable URI endpoint,
            @Nullable String accessKey,
            @Nullable String secretKey) {

        @Override
        public String toString() {
            return "S3[bucket=" + bucket + ", region=" + region + ", endpoint=" + endpoint + "]";
        }
    }
}
