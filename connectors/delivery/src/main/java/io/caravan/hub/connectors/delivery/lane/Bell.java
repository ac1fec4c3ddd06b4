package io.caravan.hub.connectors.delivery.lane;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes on one PostgreSQL that there is work, by LISTEN and NOTIFY, so that they need not poll for it.
 * What is rung within a moment is rung once, after the commits and outside of them: a NOTIFY inside a transaction would
 * make all commits queue. A ring that gets lost is made up for by the poll. On H2 nothing happens: it has one node.
 */
final class Bell {

    private static final Logger LOG = LoggerFactory.getLogger(Bell.class);
    private static final String CHANNEL = "hub_work";
    /** Longest wait for others' rings before our own are sent. */
    private static final int MOMENT_MS = 20;
    /** Between two tries to listen again after the connection broke. */
    private static final int BROKEN_MS = 2_000;
    /** PostgreSQL takes less than 8,000 bytes; ringing for everything is right too. */
    private static final int LONGEST = 7_000;

    private final DataSource dataSource;
    private final String node;
    private final Consumer<String> heard;
    private final Predicate<String> foreign;
    private final Set<String> toRing = ConcurrentHashMap.newKeySet();
    private volatile boolean open;
    private volatile boolean listening;
    private @Nullable Thread thread;

    /**
     * @param node tells our own rings from those of others
     * @param heard is told each type that another node rang for
     */
    Bell(DataSource dataSource, String node, Consumer<String> heard) {
        this.dataSource = dataSource;
        this.node = node;
        this.heard = heard;
        this.foreign = ring -> !ring.startsWith(node + " ");
    }

    void start() {
        open = true;
        Thread listener = new Thread(this::loop, "hub-bell");
        listener.setDaemon(true);
        thread = listener;
        listener.start();
    }

    void stop() {
        open = false;
        Thread listener = thread;
        if (listener != null) {
            try {
                listener.join(2_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether others' rings arrive here now. */
    boolean listening() {
        return listening;
    }

    void ring(String type) {
        if (listening) {
            toRing.add(type);
        }
    }

    private void loop() {
        while (open) {
            try (Connection connection = dataSource.getConnection()) {
                if (!connection.isWrapperFor(PGConnection.class)) {
                    return;
                }
                listen(connection, connection.unwrap(PGConnection.class));
            } catch (SQLException e) {
                LOG.warn("not listening for other nodes, polling instead: {}", e.getMessage());
            } finally {
                listening = false;
            }
            pause();
        }
    }

    private void listen(Connection connection, PGConnection bell) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + CHANNEL);
            listening = true;
            while (open) {
                PGNotification[] rings = bell.getNotifications(MOMENT_MS);
                if (rings != null) {
                    Arrays.stream(rings)
                            .map(PGNotification::getParameter)
                            .filter(foreign)
                            .forEach(this::hear);
                }
                if (!toRing.isEmpty()) {
                    send(connection);
                }
            }
            statement.execute("UNLISTEN " + CHANNEL);
        }
    }

    private void hear(String ring) {
        for (String type : ring.substring(ring.indexOf(' ') + 1).split(",")) {
            heard.accept(type);
        }
    }

    private void send(Connection connection) throws SQLException {
        Set<String> types = new TreeSet<>(toRing);
        toRing.removeAll(types);
        String text = String.join(",", types);
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            statement.setString(1, CHANNEL);
            statement.setString(2, node + " " + (text.length() > LONGEST ? Dispatcher.ALL : text));
            statement.execute();
        }
    }

    private void pause() {
        try {
            for (int waited = 0; open && waited < BROKEN_MS; waited += MOMENT_MS) {
                Thread.sleep(MOMENT_MS);
            }
        } catch (InterruptedException e) {
            open = false;
        }
    }
}
