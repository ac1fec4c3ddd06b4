package io.caravan.hub.proof.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What reads bytes from outside beside the Kamelets. */
final class ParserTargets {

    private ParserTargets() {}

    /** @param folder for what is read as a file */
    static List<Target> all(Path folder) throws Exception {
        return Stream.of(
                        SignatureTargets.all(),
                        FileTargets.all(folder),
                        SettingsTargets.all(folder),
                        PictureTargets.all(),
                        TextTargets.all())
                .flatMap(List::stream)
                .toList();
    }
}
