package io.caravan.hub.proof.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that claim to be a backup: whole ones, and such as were made to do harm. */
final class Backups {

    private static final String TAKEN = "taken_at=2026-11-20T10:00:00Z\n";

    private static final Set<String> OURS = Set.of("csv", "settings", "restored", "backup.zip", "curated.yaml");

    private Backups() {}

    static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        String object = "objects/acme/images/" + "a".repeat(64);
        for (List<String> names : List.of(
                List.of("backup.properties", "database.zip", "master.key", object),
                List.of("backup.properties", "database.zip", "../../evil"),
                List.of("backup.properties", "database.zip", "objects/../../../../" + "a".repeat(64)),
                List.of("backup.properties", "database.zip", "/etc/evil"),
                List.of("backup.properties"),
                List.of("database.zip"))) {
            seeds.add(zip(names, inner(List.of("hub.mv.db"))));
            seeds.add(zip(names, inner(List.of("../../../evil.mv.db"))));
            seeds.add(zip(names, new byte[] {1, 2, 3}));
        }
        return seeds;
    }

    private static byte[] inner(List<String> names) throws IOException {
        return zip(names, "not a database".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(List<String> names, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            // so that a byte that is changed is changed where it is read
            zip.setLevel(0);
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.startsWith("backup.") ? TAKEN.getBytes(StandardCharsets.UTF_8) : content);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Whatever a file says, it is unpacked where it is to be or not at all. */
    static void nothingBeside(Path folder) throws IOException {
        for (Path around : List.of(folder, folder.toAbsolutePath().getParent())) {
            try (Stream<Path> files = Files.list(around)) {
                Set<String> more = files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> around.equals(folder) ? !OURS.contains(name) : name.contains("evil"))
                        .collect(Collectors.toCollection(TreeSet::new));
                if (!more.isEmpty()) {
                    throw new AssertionError("a backup was unpacked beside its folder: " + more);
                }
            }
        }
    }
}
