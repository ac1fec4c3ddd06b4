package io.caravan.hub.connectors.suppliercsv;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder {@code suppliers} below the configuration. A product is named {@code <file>_<product id>}: names of files have
 * no underscore, so that the first one parts them, and nothing but letters, digits, {@code _} and {@code -} goes into a path.
 */
final class CsvFolder {

    static final String FREIGHT = ".freight.csv";

    private static final String FILE = "[a-z0-9-]{1,20}";
    private static final String ID = "[A-Za-z0-9_-]{1,43}";
    private static final Pattern NAME = Pattern.compile("(" + FILE + ")_(" + ID + ")");

    private final Path folder;

    CsvFolder(Path configuration) {
        this.folder = configuration.resolve("suppliers");
    }

    /**
     * @param file without its ending
     * @param id as in the column {@code product_id}
     */
    record Name(String file, String id) {

        @Override
        public String toString() {
            return file + "_" + id;
        }
    }

    /** @throws VendorException REJECTED when it is no name of a product here */
    static Name name(String text) {
        Matcher match = NAME.matcher(text);
        if (!match.matches()) {
            throw refused("no-id", "a product is named <file>_<product_id>, in letters, digits, '_' and '-'");
        }
        return new Name(match.group(1), match.group(2));
    }

    static Name name(Path path, CsvRow row) {
        String id = row.required("product_id", 100);
        if (!id.matches(ID)) {
            throw row.fault("product_id", "must be 1 to 43 letters, digits, '_' or '-', is '" + id + "'");
        }
        return new Name(stem(path), id);
    }

    /** @throws VendorException REJECTED when there is no such file: it may come back, its products are not gone */
    Path products(Name name) {
        Path path = folder.resolve(name.file() + ".csv");
        if (!Files.isRegularFile(path)) {
            throw refused("no-file", "there is no file " + name.file() + ".csv in the folder " + folder);
        }
        return path;
    }

    /** @throws VendorException REJECTED when there is no such file: what sending costs is unknown then */
    Path freight(Name name) {
        Path path = folder.resolve(name.file() + FREIGHT);
        if (!Files.isRegularFile(path)) {
            throw refused("no-freight-file", "there is no file " + name.file() + FREIGHT + " in the folder " + folder);
        }
        return path;
    }

    /** Files of products by name; none when the folder is not there. */
    List<Path> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(path ->
                            path.toString().endsWith(".csv") && !path.toString().endsWith(FREIGHT))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw refused("no-folder", "the folder " + folder + " cannot be read: " + e.getMessage());
        }
    }

    /** @throws CsvFault when products of the file could not be named */
    static void checkName(Path path) {
        if (!stem(path).matches(FILE)) {
            throw new CsvFault(
                    String.valueOf(path.getFileName()), "must be named in 1 to 20 small letters, digits and '-'");
        }
    }

    private static String stem(Path path) {
        return String.valueOf(path.getFileName()).replaceFirst("\\.csv$", "");
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private static VendorException refused(String code, String message) {
        return new VendorException(ErrorKind.REJECTED, CsvFault.VENDOR, code, 0, message, "");
    }
}
