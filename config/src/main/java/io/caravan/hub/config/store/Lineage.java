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
        Optional<Node> imported = rows.imported(id);
        if (imported.isPresent()) {
            return new Lineage(imported.get(), List.of(imported.get()), null);
        }
        Optional<Node> listing = rows.listing("id", id);
        Optional<Node> image = listing.isPresent()
                ? rows.parent("listing", "image_id", id).flatMap(i -> rows.image("id", i))
                : rows.image("id", id);
        Optional<Node> idea = image.isPresent()
                ? rows.parent("image", "idea_id", image.get().id()).flatMap(i -> rows.idea("id", i))
                : rows.idea("id", id);
        Optional<Node> trend = idea.isPresent()
                ? rows.parent("idea", "trend_id", idea.get().id()).flatMap(rows::trend)
                : rows.trend(id);
        Node subject = listing.or(() -> image)
                .or(() -> idea)
                .or(() -> trend)
                .orElseThrow(
                        () -> new NoSuchElementException("there is no trend, idea, image, listing or import " + id));
        List<Node> nodes = new ArrayList<>();
        trend.ifPresent(nodes::add);
        List<Node> ideas = idea.map(List::of).orElseGet(() -> rows.ideas(id));
        List<Node> images = image.map(List::of)
                .orElseGet(() -> ideas.stream()
                        .flatMap(i -> rows.images(i.id()).stream())
                        .toList());
        List<Node> listings = listing.map(List::of)
                .orElseGet(() -> images.stream()
                        .flatMap(i -> rows.listings(i.id()).stream())
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

    /** The reads; table and column names come from this file alone. */
    private record Rows(JdbcClient reads, AccountId account) {

        Optional<Node> trend(String id) {
            return nodes(
                            "select 'trend' as kind, id, cast(null as varchar(16)) as state, keyword as label, observed_at as at from trend",
                            "id",
                            id)
                    .stream()
                    .findFirst();
        }

        Optional<Node> idea(String column, String id) {
            return nodes(
                            "select 'idea' as kind, id, state, prompt_version as label, created_at as at from idea",
                            column,
                            id)
                    .stream()
                    .findFirst();
        }

        List<Node> ideas(String trendId) {
            return nodes(
                    "select 'idea' as kind, id, state, prompt_version as label, created_at as at from idea",
                    "trend_id",
                    trendId);
        }

        Optional<Node> image(String column, String id) {
            return nodes("select 'image' as kind, id, state, sha256 as label, created_at as at from image", column, id)
                    .stream()
                    .findFirst();
        }

        List<Node> images(String ideaId) {
            return nodes(
                    "select 'image' as kind, id, state, sha256 as label, created_at as at from image",
                    "idea_id",
                    ideaId);
        }

        Optional<Node> imported(String id) {
            return nodes(
                            "select 'import' as kind, id, state, title as label, created_at as at from import_job",
                            "id",
                            id)
                    .stream()
                    .findFirst();
        }

        Optional<Node> listing(String column, String id) {
            return nodes(
                            "select 'listing' as kind, id, state, title as label, created_at as at from listing",
                            column,
                            id)
                    .stream()
                    .findFirst();
        }

        List<Node> listings(String imageId) {
            return nodes(
                    "select 'listing' as kind, id, state, title as label, created_at as at from listing",
                    "image_id",
                    imageId);
        }

        private List<Node> nodes(String select, String column, String value) {
            return reads.sql(select + " where account = ? and " + column + " = ? order by at, id limit " + MOST)
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
