package io.caravan.hub.config.store;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the stores need beside the database. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    TimePages ideaPages(JdbcClient reads) {
        return new TimePages(reads, "idea", IdeaView::of);
    }

    @Bean
    TimePages imagePages(JdbcClient reads) {
        return new TimePages(reads, "image", ImageView::of);
    }

    @Bean
    TimePages listingPages(JdbcClient reads) {
        return new TimePages(reads, "listing", ListingView::of);
    }
}
