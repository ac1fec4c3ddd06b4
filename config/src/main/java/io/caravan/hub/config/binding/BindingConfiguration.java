package io.caravan.hub.config.binding;

import io.caravan.hub.config.files.AutopilotFile;
import io.caravan.hub.config.files.CostFile;
import io.caravan.hub.config.files.HubFiles;
import io.caravan.hub.config.store.Ideas;
import io.caravan.hub.config.store.Images;
import io.caravan.hub.config.store.Trends;
import io.caravan.hub.connectors.delivery.gate.Gates;
import io.caravan.hub.connectors.delivery.job.Jobs;
import io.caravan.hub.enrich.idea.AnswerSchema;
import io.caravan.hub.enrich.idea.IdeaRules;
import io.caravan.hub.enrich.idea.PromptTemplate;
import io.caravan.hub.enrich.image.ImageRules;
import io.caravan.hub.enrich.listing.ListingRules;
import io.caravan.hub.enrich.listing.PricingRules;
import io.caravan.hub.enrich.listing.ProductFacts;
import io.caravan.hub.enrich.trend.TrendRules;
import io.caravan.hub.model.port.Connections;
import io.caravan.hub.model.port.ObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The names that flows use. */
@Configuration(proxyBeanMethods = false)
class BindingConfiguration {

    @Bean
    AutopilotFile autopilotFile(HubFiles files) {
        return files.autopilot();
    }

    @Bean
    CostFile costFile(HubFiles files) {
        return files.costs();
    }

    @Bean
    TrendSources trendSources(Connections connections) {
        return new TrendSources(connections);
    }

    @Bean
    SourceGate sourceGate(Gates gates, Connections connections) {
        return new SourceGate(gates, connections);
    }

    @Bean
    PollRenewal pollRenewal(Connections connections) {
        return new PollRenewal(connections);
    }

    @Bean
    PollRetries pollRetries() {
        return new PollRetries();
    }

    @Bean
    TrendScoring trendScoring(TrendRules rules, Jobs jobs, Clock clock, MeterRegistry meters) {
        return new TrendScoring(rules, jobs, clock, meters);
    }

    @Bean
    Autopilot autopilot(AutopilotFile file) {
        return new Autopilot(file);
    }

    @Bean
    Ideation ideation(IdeaRules rules, PromptTemplate prompt, AnswerSchema schema) {
        return new Ideation(rules, prompt, schema);
    }

    @Bean
    ImageBriefs imageBrief(ImageRules rules) {
        return new ImageBriefs(rules);
    }

    @Bean
    ImageInspection imageInspection(ObjectStore objects, Images images, ImageRules rules) {
        return new ImageInspection(objects, images, rules);
    }

    @Bean
    ImageReview imageReview(Trends trends, ImageRules rules) {
        return new ImageReview(trends, rules);
    }

    @Bean
    Offers offers(
            Trends trends,
            Ideas ideas,
            Images images,
            Connections connections,
            ProductFacts product,
            CostFile costs,
            PricingRules pricing,
            ListingRules rules) {
        return new Offers(trends, ideas, images, connections, product, costs, pricing, rules);
    }

    @Bean
    Notices notices(HubFiles files, AutopilotFile autopilot, Connections connections) {
        return new Notices(files, autopilot, connections);
    }
}
