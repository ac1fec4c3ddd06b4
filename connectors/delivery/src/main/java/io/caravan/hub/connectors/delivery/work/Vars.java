package io.caravan.hub.connectors.delivery.work;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;

/** Reads what the delivery endpoints need from an exchange. */
public final class Vars {

    public static final String WORK = "workId";
    public static final String AGGREGATE = "aggregate";
    public static final String ATTEMPT = "attempt";
    public static final String REQUEST_BODY = "request";
    public static final String LIMITS = "limits";
    public static final String IDEMPOTENCY_KEY = "idempotencyKey";

    private Vars() {}

    /**
     * @throws IllegalStateException when nobody set it: without a tenant nothing is written
     */
    public static AccountId account(Exchange exchange) {
        Object account = exchange.getVariable(Names.ACCOUNT);
        if (account instanceof AccountId id) {
            return id;
        }
        if (account instanceof String text) {
            return new AccountId(text);
        }
        throw new IllegalStateException("the exchange has no variable " + Names.ACCOUNT);
    }

    public static @Nullable String text(Exchange exchange, String variable) {
        Object value = exchange.getVariable(variable);
        return value == null ? null : value.toString();
    }

    /** Compiled once by each producer. Null text gives null. */
    public static @Nullable Expression simple(CamelContext context, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        Expression expression = context.resolveLanguage("simple").createExpression(text);
        expression.init(context);
        return expression;
    }

    /**
     * @throws IllegalArgumentException naming the option, when it evaluates to nothing
     */
    public static String required(Exchange exchange, @Nullable Expression expression, String option) {
        String value = expression == null ? null : expression.evaluate(exchange, String.class);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(option + " is empty for this message");
        }
        return value;
    }
}
