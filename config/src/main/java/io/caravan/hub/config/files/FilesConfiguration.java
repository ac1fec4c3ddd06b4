package io.caravan.hub.config.files;

import io.caravan.hub.config.connections.ConnectionFile;
import io.caravan.hub.config.imports.ImportAutomation;
import io.caravan.hub.config.imports.ImportDefaults;
import io.caravan.hub.enrich.idea.AnswerSchema;
import io.caravan.hub.enrich.idea.IdeaRules;
import io.caravan.hub.enrich.idea.PromptTemplate;
import io.caravan.hub.enrich.image.ImageRules;
import io.caravan.hub.enrich.listing.ListingRules;
import io.caravan.hub.enrich.listing.PricingRules;
import io.caravan.hub.enrich.listing.ProductFacts;
import io.caravan.hub.enrich.price.ExchangeRates;
import io.caravan.hub.enrich.product.ImportPricing;
import io.caravan.hub.enrich.product.ImportRules;
import io.caravan.hub.enrich.trend.TrendRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The files' contents as beans. */
@Configuration(proxyBeanMethods = false)
class FilesConfiguration {

    @Bean
    HubFiles hubFiles(PersonFiles files) {
        return new HubFiles(files);
    }

    @Bean
    FilesHealth filesHealthIndicator(HubFiles files) {
        return new FilesHealth(files, 30);
    }

    @Bean
    TrendRules trendRules(HubFiles files) {
        return files.trends();
    }

    @Bean
    IdeaRules ideaRules(HubFiles files) {
        return files.ideas();
    }

    @Bean
    ImageRules imageRules(HubFiles files) {
        return files.images();
    }

    @Bean
    ListingRules listingRules(HubFiles files) {
        return files.listings();
    }

    @Bean
    PricingRules pricingRules(HubFiles files) {
        return files.pricing();
    }

    @Bean
    ImportRules importRules(HubFiles files) {
        return files.imports();
    }

    @Bean
    ImportPricing importPricing(HubFiles files) {
        return files.importPricing();
    }

    @Bean
    ExchangeRates exchangeRates(HubFiles files) {
        return files.exchangeRates();
    }

    @Bean
    ImportDefaults importDefaults(HubFiles files) {
        return files.importDefaults();
    }

    @Bean
    ImportAutomation importAutomation(HubFiles files) {
        return files.importAutomation();
    }

    @Bean
    Plans plans(HubFiles files) {
        return files.plans();
    }

    @Bean
    ProductFacts productFacts(HubFiles files) {
        return files.product();
    }

    @Bean
    PromptTemplate ideaPrompt(HubFiles files) {
        return files.ideaPrompt();
    }

    @Bean
    AnswerSchema ideaSchema(HubFiles files) {
        return files.ideaSchema();
    }

    @Bean
    ConnectionFile connectionFile(HubFiles files) {
        return files.connections();
    }

    @Bean
    AccountsFile accountsFile(HubFiles files) {
        return files.accounts();
    }
}
