package io.caravan.hub.connectors.aliexpresspage;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.VendorErrors;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pages that are none: the wall against robots comes with status 200, as a redirect, or as an answer of the data gateway.
 * It is never solved; work that meets it waits for a person.
 */
public final class AliExpressPageErrors extends VendorErrors {

    static final String VENDOR = "aliexpress-page";
    private static final int HEAD = 40_000;
    private static final Pattern WALL = Pattern.compile(
            "_____tmd_____/punish|x5secdata|<title>\\s*(captcha interception|punish)|fail_sys_user_validate|rgv587_error");
    private static final Pattern ABSENT = Pattern.compile(
            "page you requested (can ?not|can't) be found|this item is no longer available|<title>\\s*404");

    public AliExpressPageErrors() {
        super(VENDOR);
    }

    @Override
    protected Optional<Fault> read(Reply reply, @Nullable Object body) {
        String text = reply.text();
        String head = text.substring(0, Math.min(HEAD, text.length())).toLowerCase(Locale.ROOT);
        String target = reply.header("Location").orElse("");
        if (WALL.matcher(head).find() || target.contains("_____tmd_____")) {
            return Optional.of(new Fault(
                    ErrorKind.EXHAUSTED,
                    "captcha",
                    "shows its wall against robots; pages are not read until a person resumes this work, use the API"));
        }
        if (reply.status() == 404 || (reply.success() && ABSENT.matcher(head).find())) {
            return Optional.of(new Fault(ErrorKind.GONE, "http-404", "does not have this page"));
        }
        if (reply.status() >= 300 && reply.status() < 400) {
            return Optional.of(new Fault(
                    ErrorKind.REJECTED,
                    "moved",
                    "sends elsewhere, to " + target.replaceAll("[?#].*", "") + "; give the connection that address"));
        }
        return Optional.empty();
    }

    /** A page with no product in it that will not have one later: the data is loaded by a script. */
    static VendorException noData(String what) {
        return new VendorException(ErrorKind.REJECTED, VENDOR, "no-data", 200, what, "");
    }

    static VendorException unreadable(String what) {
        return new VendorException(ErrorKind.TRANSIENT, VENDOR, "unreadable", 200, "gave " + what, "");
    }

    /** The wall's tokens are of no use to anybody, and a page is long. */
    @Override
    protected String clean(String text) {
        String shorter = text.length() > 500 ? text.substring(0, 500) : text;
        return shorter.replaceAll("(x5secdata|x5step|token)=[^\"'&\\s]+", "$1=***");
    }
}
