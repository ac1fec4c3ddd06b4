package io.caravan.hub.config.objects;

import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.port.ObjectStore;
import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

@Configuration(proxyBeanMethods = false)
class ObjectsConfiguration {

    /** Kamelets of connectors name it {@code objectStore}. */
    @Bean({"objects", "objectStore"})
    ObjectStore objects(HubProperties hub, ObjectsProperties objects) {
        return objects.s3().bucket().isBlank()
                ? new DiskObjectStore(hub.data().dir().resolve("objects"))
                : new S3ObjectStore(client(objects.s3()), objects.s3().bucket());
    }

    static S3Client client(ObjectsProperties.S3 settings) {
        S3ClientBuilder builder = S3Client.builder().region(Region.of(settings.region()));
        URI endpoint = settings.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint).forcePathStyle(true);
        }
        String key = settings.accessKey();
        String secret = settings.secretKey();
        if (key != null && secret != null) {
            builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)));
        }
        return builder.build();
    }
}
