package io.caravan.hub.config.files;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Map;

/**
 * {@code mails/<name>.txt}: the first line is the subject, the rest the text. Mustache fills in what the event tells.
 *
 * @param name of the notice
 */
public record MailText(String name, Template template) {

    /** @throws BadFile when it has no text behind its subject, or a tag is not closed */
    static MailText of(String name, String text) {
        if (text.strip().indexOf('\n') < 0) {
            throw new BadFile("mails/" + name + ".txt: wants a subject in the first line and a text below it");
        }
        try {
            return new MailText(
                    name, Mustache.compiler().escapeHTML(false).defaultValue("").compile(text.strip()));
        } catch (MustacheException | IndexOutOfBoundsException e) {
            // the compiler fails in the second way over a tag without a name
            throw new BadFile("mails/" + name + ".txt: " + e.getMessage());
        }
    }

    /** Subject and text. */
    public record Filled(String subject, String text) {}

    public Filled fill(Map<String, Object> event) {
        String text = template.execute(event);
        int firstLine = text.indexOf('\n');
        return new Filled(
                text.substring(0, firstLine).strip(), text.substring(firstLine).strip());
    }
}
