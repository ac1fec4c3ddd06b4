package io.caravan.hub.routes.proof;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** The class path of this test as processes may use it that share an archive of classes, which takes jars alone. */
final class ClassPath {

    private ClassPath() {}

    /** @param folder for the jars of what lies in folders */
    static String ofJars(Path folder) throws IOException {
        Files.createDirectories(folder);
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        List<String> all = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (!Files.isDirectory(path)) {
                all.add(entry);
                continue;
            }
            Path file = folder.resolve(all.size() + ".jar");
            PrintStream none = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            int code = jar.run(none, none, "--create", "--no-compress", "--file", file.toString(), "-C", entry, ".");
            if (code != 0) {
                throw new IOException("no jar of " + entry);
            }
            all.add(file.toString());
        }
        return String.join(File.pathSeparator, all);
    }
}
