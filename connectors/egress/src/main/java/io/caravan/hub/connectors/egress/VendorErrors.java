package io.caravan.hub.connectors.egress;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Reads a vendor's answer: good ones pass, all others become a {@link VendorException} of the right kind. A connector
 * extends it by its table of the vendor's own codes; what the table does not know is sorted by status. Use one of the two
 * entry points as the step after the HTTP call: {@link #check} leaves the body as it is, {@link #json} parses it.
 */
public abstract class VendorErrors {

    /** The calls of Kamelets name their method. */
    private static final Pattern READ = Pattern.compile("[?&]httpMethod=(GET|HEAD)(&|$)");

    private final String vendor;

    protected VendorErrors(String vendor) {
        this.vendor = vendor;
    }

    /**
     * What the vendor's answer means, when its own code or text says more than its status; also for a 2xx that is none.
     *
     * @param body the parsed answer (Map, List, text...), null when it is not JSON
     */
    protected abstract Optional<Fault> read(Reply reply, @Nullable Object body);

    /** The wait that the answer tells; a vendor that writes it elsewhere than in {@code Retry-After} reads it here. */
    protected Optional<Duration> retryAfter(Reply reply, @Nullable Object body) {
        return RetryAfter.of(reply);
    }

    /** Whose answer it is; one connector may speak to several systems. */
    protected String vendor(Exchange exchange) {
        return vendor;
    }

    /** Takes out of the vendor's text what names the account at the vendor; our credentials are taken out anyway. */
    protected String clean(String text) {
        return text;
    }

    /** One line of a vendor's table. */
    public record Fault(ErrorKind kind, String code, String message) {}

    /** Throws unless the answer is a success; leaves its body as bytes, also an empty one. */
    public final void check(Exchange exchange) {
        Reply reply = Reply.of(exchange);
        refuse(exchange, reply, reply.success() ? null : VendorJson.parsed(reply.body()));
        exchange.getMessage().setBody(reply.body());
    }

    /**
     * Throws unless the answer is a success in JSON; the body becomes Maps, Lists, texts and numbers. A success that
     * cannot be read is TRANSIENT: for a change at the vendor that means its outcome is unknown.
     */
    public final void json(Exchange exchange) {
        Reply reply = Reply.of(exchange);
        Object body = VendorJson.parsed(reply.body());
        refuse(exchange, reply, body);
        if (body == null) {
            throw exception(
                    exchange,
                    reply,
                    null,
                    new Fault(
                            ErrorKind.TRANSIENT,
                            "unreadable",
                            "answered " + reply.status() + " with a body that is not JSON"));
        }
        exchange.getMessage().setBody(body);
    }

    private void refuse(Exchange exchange, Reply reply, @Nullable Object body) {
        Optional<Fault> fault = read(reply, body);
        if (fault.isPresent()) {
            throw exception(exchange, reply, body, fault.get());
        }
        if (!reply.success()) {
            throw exception(exchange, reply, body, byStatus(reply.status(), read(exchange)));
        }
    }

    /** Whether the call changed nothing for certain; what an answer says of a call that may have is no use for a read. */
    private static boolean read(Exchange exchange) {
        String to = exchange.getProperty(Exchange.TO_ENDPOINT, "", String.class);
        return READ.matcher(to).find();
    }

    private static Fault byStatus(int status, boolean read) {
        String code = "http-" + status;
        return switch (status) {
            case 401, 403 -> new Fault(ErrorKind.UNAUTHORISED, code, "refused the credential (" + status + ")");
            case 402 -> new Fault(ErrorKind.EXHAUSTED, code, "wants to be paid (402)");
            case 404, 410 -> new Fault(ErrorKind.GONE, code, "does not have it (" + status + ")");
            case 408 -> new Fault(ErrorKind.TRANSIENT, code, "gave up waiting (408)");
            case 425, 429 -> new Fault(ErrorKind.RATE_LIMITED, code, "asks to slow down (" + status + ")");
            default ->
                status >= 500 || status < 300
                        ? new Fault(
                                ErrorKind.TRANSIENT,
                                code,
                                "failed (" + status + ")" + (read ? "" : "; the change may have happened"))
                        : new Fault(ErrorKind.REJECTED, code, "refused the request (" + status + ")");
        };
    }

    private VendorException exception(Exchange exchange, Reply reply, @Nullable Object body, Fault fault) {
        Connection connection = exchange.getVariable(Names.CONNECTION, Connection.class);
        return new VendorException(
                fault.kind(),
                vendor(exchange),
                fault.code(),
                reply.status(),
                clean(Secrets.scrub(fault.message(), connection)),
                retryAfter(reply, body).orElse(null),
                clean(Secrets.scrub(reply.text(), connection)),
                null);
    }
}
