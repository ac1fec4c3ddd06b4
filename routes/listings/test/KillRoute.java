package io.caravan.hub.routes.listings;

/** What the killed hub runs: the listing flow's effects on Etsy, or their withdrawal, and nothing else. */
final class KillRoute {

    static final String TYPE = "listing.kill";
    static final String TOPIC = "listing.killed";

    static final String YAML = """
            - route:
                id: "listings-kill"
                from:
                  uri: "work:listing.kill"
                  parameters:
                    concurrency: "2"
                  steps:
                    - setVariable:
                        name: "listing"
                        simple:
                          expression: "${body}"
                    - to:
                        uri: "effect:etsy.listing"
                        parameters:
                          key: "${variable.listing[listing_id]}"
                          until: "verified"
                    - choice:
                        when:
                          - simple:
                              expression: "${variable.listing[withdraw]} == true"
                            steps:
                              - setBody:
                                  simple:
                                    expression: "${variable.listing}"
                              - to:
                                  uri: "effect:etsy.listing"
                                  parameters:
                                    key: "${variable.listing[listing_id]}"
                                    until: "cancelled"
                        otherwise:
                          steps:
                            - bean:
                                ref: "killPicture"
                                method: "request"
                            - to:
                                uri: "effect:etsy.image"
                                parameters:
                                  key: "${variable.listing[listing_id]}-1"
                            - setBody:
                                simple:
                                  expression: "${variable.listing}"
                            - to:
                                uri: "effect:etsy.listing"
                                parameters:
                                  key: "${variable.listing[listing_id]}"
                                  until: "confirmed"
                    - to:
                        uri: "outbox:listing.killed"
                        parameters:
                          key: "${variable.listing[listing_id]}"
            """;

    private KillRoute() {}
}
