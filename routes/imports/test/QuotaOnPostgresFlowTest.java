package io.caravan.hub.routes.imports;

import io.caravan.hub.routes.policy.FlowHub;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The same on the database that several nodes share. */
class QuotaOnPostgresFlowTest extends QuotaFlowTest {

    private @Nullable EmbeddedPostgres database;

    @Override
    FlowHub.Setup setup() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        database = postgres;
        return FlowHub.setup()
                .with("hub.db.url", postgres.getJdbcUrl("postgres", "postgres"))
                .with("hub.db.user", "postgres")
                .with("hub.db.password", "");
    }

    @Override
    @AfterAll
    void stop() throws IOException {
        super.stop();
        Objects.requireNonNull(database).close();
    }
}
