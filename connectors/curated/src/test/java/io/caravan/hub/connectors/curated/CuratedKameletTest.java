package io.caravan.hub.connectors.curated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.model.trend.SignalBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CuratedKameletTest {

    @TempDir
    Path folder;

    private CamelContext camel;

    @BeforeEach
    void start() throws Exception {
        camel = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.setProperty("hub.config.dir", folder.toString());
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.start();
        Files.writeString(folder.resolve("curated.yaml"), "- {keyword: cat mom, weight: 10}\n");
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void shouldReadTheListOfTheConfiguration() {
        assertThat(poll("kamelet:curated-signals-action").signals())
                .singleElement()
                .satisfies(signal -> assertThat(signal.keyword()).isEqualTo("cat mom"));
    }

    @Test
    void shouldReadAnotherFileBelowTheConfigurationOrByItsWholePath() throws Exception {
        Path other = Files.writeString(folder.resolve("other.yaml"), "[]");
        assertThat(poll("kamelet:curated-signals-action?file=other.yaml").rows())
                .isZero();
        assertThat(poll("kamelet:curated-signals-action?file=" + other).rows()).isZero();
    }

    @Test
    void shouldSeeAnEditAtTheNextPoll() throws Exception {
        poll("kamelet:curated-signals-action");
        Files.writeString(folder.resolve("curated.yaml"), "- {keyword: dog dad, weight: 10}\n");
        assertThat(poll("kamelet:curated-signals-action").signals())
                .singleElement()
                .satisfies(signal -> assertThat(signal.keyword()).isEqualTo("dog dad"));
    }

    @Test
    void shouldSayWhereItLookedForAMissingList() {
        assertThatThrownBy(() -> poll("kamelet:curated-signals-action?file=nowhere.yaml"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasStackTraceContaining(folder.resolve("nowhere.yaml").toString());
    }

    private SignalBatch poll(String uri) {
        return camel.createFluentProducerTemplate().to(uri).withBody("ignored").request(SignalBatch.class);
    }
}
