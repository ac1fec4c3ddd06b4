package io.caravan.hub.config.cli;

import io.caravan.hub.config.settings.HubProperties;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The settings that a start here would have, for commands that need the hub stopped. */
final class StoppedHub {

    private StoppedHub() {}

    /** Holds no bean: only the settings are wanted. */
    @Configuration(proxyBeanMethods = false)
    static class Settings {}

    static Path dataFolder() {
        try (ConfigurableApplicationContext context = settings()) {
            return Binder.get(context.getEnvironment())
                    .bindOrCreate("hub", HubProperties.class)
                    .data()
                    .dir()
                    .toAbsolutePath()
                    .normalize();
        }
    }

    /** @throws ApiFailure when the embedded database is open elsewhere, or the database is not the embedded one */
    static void refuseRunning() {
        try (ConfigurableApplicationContext context = settings()) {
            Environment environment = context.getEnvironment();
            String url = environment.getProperty("spring.datasource.url", "");
            if (!url.startsWith("jdbc:h2:file:")) {
                throw new ApiFailure(
                        Exit.FAILED,
                        "the database is not the embedded one: put it back by its own means, then say"
                                + " hub restore --database-restored TIME");
            }
            try {
                DriverManager.getConnection(
                                url + ";IFEXISTS=TRUE",
                                environment.getProperty("spring.datasource.username", ""),
                                environment.getProperty("spring.datasource.password", ""))
                        .close();
            } catch (SQLException e) {
                if (e.getErrorCode() == org.h2.api.ErrorCode.DATABASE_ALREADY_OPEN_1) {
                    throw new ApiFailure(Exit.FAILED, "a hub has the data folder open; stop it first");
                }
                // not there, or damaged: that is what is put back
            }
        }
    }

    /** Of the environment and the files alone; the caller closes it. */
    static ConfigurableApplicationContext settings() {
        return new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("logging.level.root=ERROR")
                .run();
    }
}
