package io.caravan.hub.connectors.delivery.nth;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * JDBC in which one chosen call fails. Calls are known by what asked for them, what they are and their statement, so that
 * the same call is hit again whatever other threads do meanwhile.
 *
 * <p>Stands on both sides of the pool: connections come from under it, which lets it see and throw away the broken ones,
 * and asking the pool for one fails above it.
 */
public final class FaultyJdbc {

    /** How a call fails. */
    public enum Fault {
        /** The server is gone: the connection is closed before the call reaches it. */
        BROKEN,
        /** The transaction lost against another one: nothing of it stays. */
        CONFLICT,
        /** Of commits alone: it took place and the answer was lost. */
        LOST
    }

    /**
     * @param nth which of those with this label, from 1
     */
    public record Call(String kind, String label, int nth) {
        @Override
        public String toString() {
            return label + " #" + nth;
        }
    }

    private static final String HOUSE = "io.caravan.hub.connectors.delivery.";
    private static final Set<String> OWN = Set.of("hub-upkeep");
    /** Further ones of a label are like these. */
    private static final int MOST = 2;
    /** What polls ask again and again, whether or not anything happens. */
    private static final Set<String> POLLS = Set.of("lane.Lanes.claim", "lane.Bell", "outbox.Outbox.drain");

    private final Thread test = Thread.currentThread();
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private @Nullable Call victim;
    private @Nullable Fault fault;
    private boolean fired;

    /** Counts from the start again, and nothing fails. */
    public synchronized void watch() {
        counts.clear();
        calls.clear();
        victim = null;
        fault = null;
        fired = false;
    }

    /** Counts from the start again, and this call fails, once. */
    public synchronized void arm(Call call, Fault how) {
        watch();
        victim = call;
        fault = how;
    }

    public synchronized boolean fired() {
        return fired;
    }

    /** What was called since {@link #watch}, in order. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Under the pool. */
    DataSource under(DataSource driver) {
        return proxy(DataSource.class, driver, (method, arguments) -> {
            Object answer = invoke(driver, method, arguments);
            return answer instanceof Connection real ? connection(real) : answer;
        });
    }

    /** Above the pool. */
    DataSource above(DataSource pool) {
        return proxy(DataSource.class, pool, (method, arguments) -> {
            if (method.getName().equals("getConnection") && next("getConnection", "") != null) {
                throw broken();
            }
            return invoke(pool, method, arguments);
        });
    }

    private Connection connection(Connection real) {
        // a commit is known by the last statement before it
        String[] last = {""};
        return proxy(Connection.class, real, (method, arguments) -> {
            switch (method.getName()) {
                case "prepareStatement" -> {
                    last[0] = String.valueOf(arguments[0]);
                    before("prepare", last[0], real);
                    return statement(PreparedStatement.class, invoke(real, method, arguments), last, real);
                }
                case "createStatement" -> {
                    return statement(Statement.class, invoke(real, method, arguments), last, real);
                }
                case "commit" -> {
                    commit(real, last[0]);
                    return null;
                }
                default -> {
                    return invoke(real, method, arguments);
                }
            }
        });
    }

    private <S extends Statement> S statement(
            Class<S> type, @Nullable Object made, String[] last, Connection connection) {
        String own = last[0];
        Object real = Objects.requireNonNull(made, "statement");
        return proxy(type, real, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                String sql = arguments.length > 0 ? String.valueOf(arguments[0]) : own;
                before(method.getName().equals("executeBatch") ? "batch" : "execute", sql, connection);
            }
            return invoke(real, method, arguments);
        });
    }

    private void before(String kind, String sql, Connection real) throws SQLException {
        Fault now = next(kind, sql);
        if (now == Fault.BROKEN) {
            real.close();
            throw broken();
        }
        if (now != null) {
            throw conflict();
        }
    }

    private void commit(Connection real, String last) throws SQLException {
        Fault now = next("commit", last);
        if (now == Fault.CONFLICT) {
            real.rollback();
            throw conflict();
        }
        if (now == Fault.LOST) {
            real.commit();
        }
        if (now != null) {
            real.close();
            throw broken();
        }
        real.commit();
    }

    private static SQLException broken() {
        return new SQLException("the connection broke, as asked for", "08006");
    }

    private static SQLException conflict() {
        return new SQLException("another transaction won, as asked for", "40001");
    }

    /** Counts a call of the engine; the fault when it is the chosen one. */
    private @Nullable Fault next(String kind, String sql) {
        Thread thread = Thread.currentThread();
        if (OWN.contains(thread.getName())) {
            return null;
        }
        String site = StackWalker.getInstance()
                .walk(frames -> frames.filter(FaultyJdbc::asks)
                        .map(frame -> frame.getClassName().substring(HOUSE.length()) + "." + frame.getMethodName())
                        .findFirst()
                        .orElse(""));
        boolean tests = site.isEmpty() || site.startsWith("nth.") || site.startsWith("rig.");
        if (tests && (thread == test || thread.getName().startsWith("awaitility"))) {
            return null;
        }
        return count(kind, kind + " by " + site + (sql.isEmpty() ? "" : ": " + sql));
    }

    private static boolean asks(StackFrame frame) {
        String name = frame.getClassName();
        return name.startsWith(HOUSE)
                && !name.startsWith(HOUSE + "db.")
                && !name.startsWith(FaultyJdbc.class.getName());
    }

    private synchronized @Nullable Fault count(String kind, String label) {
        int nth = counts.merge(label, 1, Integer::sum);
        Call call = new Call(kind, label, nth);
        if (nth <= (POLLS.stream().anyMatch(label::contains) ? 1 : MOST)) {
            calls.add(call);
        }
        if (!call.equals(victim)) {
            return null;
        }
        victim = null;
        fired = true;
        return fault;
    }

    /** What a proxy does. */
    private interface Answer {
        @Nullable
        Object to(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Object real, Answer answer) {
        Object proxy = Proxy.newProxyInstance(
                FaultyJdbc.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object[] all = arguments == null ? new Object[0] : arguments;
                    return method.getDeclaringClass() == Object.class
                            ? invoke(real, method, all)
                            : answer.to(method, all);
                });
        return type.cast(proxy);
    }

    private static @Nullable Object invoke(Object real, Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
