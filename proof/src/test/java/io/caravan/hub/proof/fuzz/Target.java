package io.caravan.hub.proof.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A parser and what it may say.
 *
 * @param name of the file of its seeds and findings, too
 * @param group targets of one name here are fuzzed together, for so long
 * @param form what its input looks like, so that it is changed where it matters
 * @param seeds inputs that it takes
 * @param declared failures that it tells its callers of; anything else that it throws is a finding
 */
record Target(
        String name,
        String group,
        Form form,
        List<byte[]> seeds,
        List<Class<? extends Throwable>> declared,
        Check check) {

    /** What an input is made of. */
    enum Form {
        JSON,
        /** Status, headers and body of an HTTP answer, see {@link Answer}. */
        ANSWER,
        TEXT,
        BYTES
    }

    /** Throws whatever the parser throws, or an {@link AssertionError} when what it gave is wrong. */
    @FunctionalInterface
    interface Check {
        void run(byte[] input) throws Throwable;
    }

    /** The parser did what its callers do not expect. */
    static final class Finding extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Throwable thrown;

        Finding(String target, Throwable thrown) {
            super(target + ": " + thrown, thrown);
            this.thrown = thrown;
        }

        Throwable cause() {
            return thrown;
        }
    }

    /** One that is no Kamelet: its group is the first word of its name. */
    static Target parser(
            String name, Form form, List<byte[]> seeds, Check check, List<Class<? extends Throwable>> declared) {
        return new Target(name, name.replaceFirst("-.*", ""), form, seeds, declared, check);
    }

    /** @throws Finding when it neither took the input nor refused it in a way that it declares */
    void run(byte[] input) {
        try {
            check.run(input);
        } catch (Throwable thrown) {
            // the one that Java throws where a check was forgotten
            boolean forgotten = thrown instanceof NumberFormatException;
            if (forgotten || declared.stream().noneMatch(one -> one.isInstance(thrown))) {
                throw new Finding(name, thrown);
            }
        }
    }

    /** As {@link #run}, and keeps the input of a finding. */
    void tried(byte[] input, Path findings) {
        try {
            run(input);
        } catch (Finding finding) {
            throw new Finding(name + ", input kept as " + kept(input, findings), finding.cause());
        }
    }

    private Path kept(byte[] input, Path findings) {
        CRC32 sum = new CRC32();
        sum.update(input);
        Path file = findings.resolve(name).resolve(Long.toHexString(sum.getValue()));
        try {
            Files.createDirectories(findings.resolve(name));
            return Files.write(file, input);
        } catch (IOException e) {
            return file.resolve("not written: " + e.getMessage());
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static List<byte[]> texts(String... seeds) {
        return Arrays.stream(seeds).map(Target::utf8).toList();
    }
}
