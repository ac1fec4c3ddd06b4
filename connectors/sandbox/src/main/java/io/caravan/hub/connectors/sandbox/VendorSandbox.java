package io.caravan.hub.connectors.sandbox;

import java.nio.file.Path;

/**
 * One vendor's sandbox. Found by {@link java.util.ServiceLoader}, mounted at {@code /<vendor>} of the
 * {@link SandboxServer}.
 */
public interface VendorSandbox {

    /** The vendor's name, as its connector's folder is called. */
    String vendor();

    /** Registers the vendor's paths. Called once before the server starts. */
    void mount(Router router, SandboxState state);

    /**
     * Feeds a source's sandbox from recorded vendor replies instead of its own samples. Files that it cannot use are left
     * alone; each one used or left alone is named in the returned lines.
     *
     * @param folder holds the files of this vendor, {@code contracts/<vendor>/recordings}
     */
    default java.util.List<String> feed(Path folder) {
        return java.util.List.of();
    }

    /** Name of the folder of recordings when it differs from {@link #vendor()}. */
    default String recordingsFolder() {
        return vendor();
    }
}
