package io.caravan.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresTest {

    @TempDir
    Path data;

    @Test
    void shouldStartOnPostgresqlBySettingsAloneAndShareItsSchedules() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                ConfigurableApplicationContext hub = new SpringApplication(Hub.class, HubTest.Beans.class)
                        .run(
                                "--hub.db.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                                "--hub.db.user=postgres",
                                "--hub.data.dir=" + data,
                                "--hub.routes.dir=src/test/routes",
                                "--hub.config.dir=files",
                                "--server.port=0",
                                "--management.server.port=0")) {
            assertThat(hub.getBean(CamelContext.class).getStatus().isStarted()).isTrue();
            assertThat(hub.getBean(Scheduler.class).getMetaData().isJobStoreClustered())
                    .isTrue();
            JdbcClient jdbc = hub.getBean(JdbcClient.class);
            assertThat(jdbc.sql("select version()").query(String.class).single())
                    .startsWith("PostgreSQL");
            assertThat(jdbc.sql("select count(*) from connection where mode = 'sandbox'")
                            .query(Long.class)
                            .single())
                    .isPositive();
            assertThat(jdbc.sql("select count(*) from qrtz_locks")
                            .query(Long.class)
                            .single())
                    .isNotNegative();
        }
    }
}
