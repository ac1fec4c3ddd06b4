package io.caravan.hub.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    void shouldTellTheCauseAndTheFileInWhichItWasMet() {
        Throwable cause = new IllegalArgumentException("path must begin with a /");
        Throwable file = new IllegalStateException(
                "files/effects/store.product.yaml: steps.create: path must begin with a /", cause);

        assertThat(HubCommand.words(new RuntimeException("Failed to start route intake", file)))
                .isEqualTo("files/effects/store.product.yaml: steps.create: path must begin with a /");
    }

    @Test
    void shouldPutTheFileBeforeACauseThatDoesNotNameIt() {
        Throwable parsed = new RuntimeException(
                "Error pre-parsing resource: file:routes/intake.camel.yaml",
                new IllegalStateException("mapping values are not allowed here"));

        assertThat(HubCommand.words(new RuntimeException("start", parsed)))
                .isEqualTo(
                        "Error pre-parsing resource: file:routes/intake.camel.yaml: mapping values are not allowed here");
    }

    @Test
    void shouldTellTheCauseAloneWhereNoFileIsConcerned() {
        assertThat(HubCommand.words(new RuntimeException("wrapped", new IllegalStateException("port 8080 is taken"))))
                .isEqualTo("port 8080 is taken");
    }
}
