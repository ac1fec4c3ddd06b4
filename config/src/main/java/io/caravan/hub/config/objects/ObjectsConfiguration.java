package io.caravan.hub.config.objects;

import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.port.ObjectStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ObjectsConfiguration {

    /** Kamelets of connectors name it {@code objectStore}. */
    @Bean({"objects", "objectStore"})
    ObjectStore objects(HubProperties hub) {
        return new DiskObjectStore(hub.data().dir().resolve("objects"));
    }
}
