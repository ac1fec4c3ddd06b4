package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows one research cycle through the REST API, as any other system would, and tells what it sees. */
final class DemoStory {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    /** What the autopilot gets before a person acts, and an idea before the next is asked for. */
    private static final Duration BREATH = Duration.ofSeconds(6);

    private static final int MOST_ASKED = 5;
    private static final Set<String> UNDER_WAY = Set.of("intent", "sent", "created", "verified", "unknown");
    private static final Set<String> FAILED = Set.of("failed", "abandoned");

    private final HubApi api;
    private final DemoTerminal terminal;
    private final Duration patience;
    private final Set<String> told = new HashSet<>();
    private Duration nextAsk = Duration.ZERO;
    private int asked;

    DemoStory(HubApi api, DemoTerminal terminal, Duration patience) {
        this.api = api;
        this.terminal = terminal;
        this.patience = patience;
    }

    /** @return the listing when it is live, null when it is not in time */
    @Nullable
    JsonNode tell() throws InterruptedException {
        JsonNode accepted = api.post("/api/v1/trends/refresh", Map.of());
        String job = accepted.path("job_id").asText();
        terminal.say("Asked for a research cycle: job " + job);
        Set<String> sources = new HashSet<>();
        boolean trendsTold = false;
        while (terminal.elapsed().compareTo(patience) < 0) {
            tellSources(sources);
            if (!trendsTold) {
                trendsTold = tellTrends();
            }
            JsonNode idea = first("/api/v1/ideas?limit=1");
            if (idea != null) {
                tellSteps(idea.path("id").asText());
            }
            review(first("/api/v1/images?state=pending_review&limit=1"));
            JsonNode listing = first("/api/v1/listings?limit=1");
            if (listing != null && state(listing).equals("live")) {
                tellListing(listing);
                return listing;
            }
            if (listing != null
                    && FAILED.contains(state(listing))
                    && told.add("failed" + listing.path("id").asText())) {
                tellListing(listing);
            }
            if (idea == null || ledNowhere(idea, first("/api/v1/images?limit=1"), listing)) {
                askForIdea(job);
            }
            terminal.wait(waitingFor(idea, listing));
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        terminal.say("No listing after " + patience.toSeconds() + " s; job: " + api.get("/api/v1/jobs/" + job));
        return null;
    }

    private void tellSources(Set<String> seen) {
        api.get("/api/v1/trends/sources").path("items").forEach(source -> {
            String name = source.path("source").asText();
            String state = source.path("state").asText();
            if (Set.of("ok", "fallback", "failed", "off").contains(state) && seen.add(name)) {
                terminal.say(String.format(
                        Locale.ROOT,
                        "%-14s %-9s %d rows, %d signals, refused: %s",
                        name,
                        state,
                        source.path("fetched").asInt(),
                        source.path("accepted").asInt(),
                        source.path("rejected").isEmpty() ? "none" : source.path("rejected")));
                if (source.path("error").isObject()) {
                    terminal.detail(source.path("error").path("message").asText());
                }
            }
        });
    }

    private boolean tellTrends() {
        JsonNode items = api.get("/api/v1/trends?limit=3").path("items");
        if (items.isEmpty()) {
            return false;
        }
        terminal.say("Merged and scored; the best:");
        items.forEach(trend -> {
            terminal.detail(String.format(
                    Locale.ROOT,
                    "%3d  %s",
                    trend.path("score").asInt(),
                    trend.path("keyword").asText()));
            List<String> reasons = new ArrayList<>();
            trend.path("reasons")
                    .forEach(reason -> reasons.add(reason.path("points").asInt() + " "
                            + reason.path("text").asText()));
            terminal.detail("     " + String.join("; ", reasons));
        });
        return true;
    }

    private void tellSteps(String id) {
        for (JsonNode step : api.get("/api/v1/trace/" + id).path("steps")) {
            String name = step.path("step").asText();
            String outcome = step.path("outcome").asText();
            boolean over = !UNDER_WAY.contains(outcome) && !name.equals("trend.polled");
            if (over && told.add(name + outcome + step.path("subject_id").asText())) {
                terminal.say(String.format(
                        Locale.ROOT,
                        "%-22s %-8s %6d ms  %8.4f USD  %s",
                        name,
                        outcome,
                        step.path("duration_ms").asLong(),
                        step.path("cost_micros").asLong() / 1_000_000.0,
                        step.path("reason").asText("")));
            }
        }
    }

    /** Whether the newest idea was refused, its picture is one that we have, or its listing could not go out. */
    private static boolean ledNowhere(JsonNode idea, @Nullable JsonNode image, @Nullable JsonNode listing) {
        String id = idea.path("id").asText();
        return state(idea).equals("rejected")
                || (image != null
                        && image.path("idea_id").asText().equals(id)
                        && Set.of("duplicate", "rejected").contains(state(image)))
                || (listing != null && listing.path("idea_id").asText().equals(id) && FAILED.contains(state(listing)));
    }

    private static String state(@Nullable JsonNode thing) {
        return thing == null ? "" : thing.path("state").asText();
    }

    /** When the autopilot finds no trend good enough, or an idea led nowhere, a person asks for one: here that is us. */
    private void askForIdea(String job) {
        boolean settled = Set.of("completed", "failed")
                .contains(api.get("/api/v1/jobs/" + job).path("status").asText());
        if (!settled || asked >= MOST_ASKED || terminal.elapsed().compareTo(nextAsk) < 0) {
            return;
        }
        boolean autopilotsTurn = nextAsk.isZero();
        nextAsk = terminal.elapsed().plus(BREATH);
        JsonNode trends = api.get("/api/v1/trends?limit=" + MOST_ASKED).path("items");
        if (!autopilotsTurn && trends.size() > asked) {
            JsonNode trend = trends.get(asked++);
            terminal.say("Asking for an idea on \"" + trend.path("keyword").asText() + "\", as a person would");
            api.post("/api/v1/ideas", Map.of("trend_id", trend.path("id").asText()));
        }
    }

    /** The account wants a person to see every picture: here that is us. */
    private void review(@Nullable JsonNode image) {
        if (image != null && told.add("review" + image.path("id").asText())) {
            tellSteps(image.path("id").asText());
            terminal.say("The picture waits for a person: approving it, as the reviewer");
            api.post(
                    "/api/v1/images/" + image.path("id").asText() + "/review",
                    Map.of(
                            "decision",
                            "approve",
                            "tags",
                            List.of("demo"),
                            "reason",
                            "approved by the demo's reviewer"));
        }
    }

    private void tellListing(JsonNode listing) {
        tellSteps(listing.path("id").asText());
        terminal.say("");
        terminal.say("Listing " + listing.path("id").asText() + ": "
                + listing.path("state").asText());
        terminal.detail("title    " + listing.path("title").asText());
        terminal.detail("price    "
                + listing.path("price").path("amount_minor").asLong() / 100.0 + " "
                + listing.path("price").path("currency").asText());
        terminal.detail("tags     " + listing.path("tags"));
        terminal.detail("picture  /api/v1/images/" + listing.path("image_id").asText() + "/content");
        terminal.detail("at Etsy  " + listing.path("etsy_listing_id").asText() + "  "
                + listing.path("url").asText());
        listing.path("reasons").forEach(reason -> terminal.detail("because  " + reason.asText()));
    }

    private static String waitingFor(@Nullable JsonNode idea, @Nullable JsonNode listing) {
        if (listing != null) {
            return "Printify and Etsy, listing " + listing.path("state").asText();
        }
        return idea == null ? "the sources, then an idea" : "the picture";
    }

    private @Nullable JsonNode first(String path) {
        JsonNode items = api.get(path).path("items");
        return items.isEmpty() ? null : items.get(0);
    }
}
