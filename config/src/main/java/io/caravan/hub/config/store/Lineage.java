package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a thing was made of and what was made of it, oldest first: trend, ideas, images, listings. An import stands alone.
 *
 * @param subject the thing that was asked for
 * @param cycleId the research cycle whose score began it, null when it is gone
 */
record Lineage(Node subject, List<Node> nodes, @Nullable String cycleId) {

    /** Most rows of one kind. */
    private static final int MOST = 100;

    /** @param label what a person calls it */
    record Node(
            String kind,
            String id,
            @Nullable String state,
            @Nullable String label,
            @Nullable String at) {

        Map<String, Object> view() {
            Map<String, @Nullable Object> view = new LinkedHashMap<>();
            view.put("kind", kind);
            view.put("id", id);
            view.put("state", state);
            view.put("label", label);
            view.put("at", at);
            return view;
        }
    }

    /**
     * @throws NoSuchElementException when the account has no such trend, idea, image, listing or import
     */
    static Lineage of(JdbcClient reads, AccountId account, String id) {
        Rows rows = new Rows(reads, account);
        Optional<Node> imported = rows.one(Kind.IMPORT, id);
        if (imported.isPresent()) {
            return new Lineage(imported.get(), List.of(imported.get()), null);
        }
        Optional<Node> listing = rows.one(Kind.LISTING, id);
        Optional<Node> image = listing.isPresent()
                ? rows.parent("listing", "image_id", id).flatMap(i -> rows.one(Kind.IMAGE, i))
                : rows.one(Kind.IMAGE, id);
        Optional<Node> idea = image.isPresent()
                ? rows.parent("image", "idea_id", image.get().id()).flatMap(i -> rows.one(Kind.IDEA, i))
                : rows.one(Kind.IDEA, id);
        Optional<Node> trend = idea.isPresent()
                ? rows.parent("idea", "trend_id", idea.get().id()).flatMap(t -> rows.one(Kind.TREND, t))
                : rows.one(Kind.TREND, id);
        Node subject = listing.or(() -> image)
                .or(() -> idea)
                .or(() -> trend)
                .orElseThrow(
                        () -> new NoSuchElementException("there is no trend, idea, image, listing or import " + id));
        List<Node> nodes = new ArrayList<>();
        trend.ifPresent(nodes::add);
        List<Node> ideas = idea.map(List::of).orElseGet(() -> rows.all(Kind.IDEA, "trend_id", id));
        List<Node> images = image.map(List::of)
                .orElseGet(() -> ideas.stream()
                        .flatMap(i -> rows.all(Kind.IMAGE, "idea_id", i.id()).stream())
                        .toList());
        List<Node> listings = listing.map(List::of)
                .orElseGet(() -> images.stream()
                        .flatMap(i -> rows.all(Kind.LISTING, "image_id", i.id()).stream())
                        .toList());
        nodes.addAll(ideas);
        nodes.addAll(images);
        nodes.addAll(listings);
        Optional<String> cycle = idea.isPresent()
                ? rows.parent("idea", "cycle_id", idea.get().id())
                : rows.parent("trend", "cycle_id", subject.id());
        return new Lineage(subject, List.copyOf(nodes), cycle.orElse(null));
    }

    List<String> ids() {
        return nodes.stream().map(Node::id).toList();
    }

    Node node(@Nullable String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElse(subject);
    }

    /** Where a kind of thing is kept. */
    private enum Kind {
        TREND("'trend'", "cast(null as varchar(16))", "keyword", "observed_at", "trend"),
        IDEA("'idea'", "state", "prompt_version", "created_at", "idea"),
        IMAGE("'image'", "state", "sha256", "created_at", "image"),
        LISTING("'listing'", "state", "title", "created_at", "listing"),
        IMPORT("'import'", "state", "title", "created_at", "import_job");

        private final String select;

        Kind(String kind, String state, String label, String at, String table) {
            select = "select " + kind + " as kind, id, " + state + " as state, " + label + " as label, " + at
                    + " as at from " + table;
        }
    }

    /** The reads; table and column names come from this file alone. */
    private record Rows(JdbcClient reads, AccountId account) {

        Optional<Node> one(Kind kind, String id) {
            return all(kind, "id", id).stream().findFirst();
        }

        List<Node> all(Kind kind, String column, String value) {
            return reads.sql(kind.select + " where account = ? and " + column + " = ? order by at, id limit " + MOST)
                    .params(account.value(), value)
                    .query((row, n) -> node(row))
                    .list();
        }

        private static Node node(ResultSet row) throws SQLException {
            return new Node(
                    row.getString("kind"),
                    row.getString("id"),
                    row.getString("state"),
                    row.getString("label"),
                    Sql.at(row, "at"));
        }

        Optional<String> parent(String table, String column, String id) {
            return reads.sql("select " + column + " from " + table + " where account = ? and id = ? and " + column
                            + " is not null")
                    .params(account.value(), id)
                    .query(String.class)
                    .optional();
        }
    }
}
