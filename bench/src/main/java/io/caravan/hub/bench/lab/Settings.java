package io.caravan.hub.bench.lab;

import java.nio.file.Path;
import java.util.Map;

/**
 * Of one invocation.
 *
 * @param project the project's root: routes, configuration files, the packaged jar
 * @param work where data, routes and logs of the hubs go; emptied by the bench
 * @param java the program that runs hub and stub
 * @param environment further settings of the hub
 * @param quick fewer items and shorter times, to see that it works
 */
public record Settings(Path project, Path work, Path java, Map<String, String> environment, boolean quick) {

    public Settings {
        environment = Map.copyOf(environment);
    }

    public int scaled(int items) {
        return quick ? Math.max(200, items / 20) : items;
    }

    /** Unpacked by the launcher. */
    public Path hubJar() {
        return project.resolve("config/target/app/caravan-hub-app.jar");
    }
}
