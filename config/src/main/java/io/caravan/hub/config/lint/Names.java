package io.caravan.hub.config.lint;

import java.util.Set;

/** Components, languages and expressions that the rules know by name. */
final class Names {

    static final Set<String> MEMORY_QUEUES = Set.of("seda", "disruptor", "disruptor-vm", "vm", "stub");
    static final Set<String> TEMPLATES = Set.of(
            "velocity",
            "freemarker",
            "string-template",
            "mustache",
            "mvel",
            "jte",
            "thymeleaf",
            "jslt",
            "jolt",
            "chunk");
    static final Set<String> SCRIPTS =
            Set.of("groovy", "js", "python", "java", "joor", "mvel", "ognl", "spel", "wasm", "csimple");
    static final Set<String> POWERS = Set.of(
            "exec", "ssh", "docker", "language", "script", "kubernetes-pods", "jcr", "ldap", "dataset", "dataset-test");
    /** Components that messages of others come in through. */
    static final Set<String> DOORS = Set.of(
            "platform-http",
            "kafka",
            "jms",
            "activemq",
            "amqp",
            "sjms",
            "servlet",
            "jetty",
            "undertow",
            "netty-http",
            "webhook",
            "mail",
            "imap",
            "imaps",
            "pop3",
            "paho",
            "paho-mqtt5",
            "rabbitmq",
            "spring-rabbitmq",
            "nats",
            "aws2-sqs",
            "pulsar");
    /** Databases that would be read as a queue. */
    static final Set<String> ROWS = Set.of("sql", "sql-stored", "jdbc", "jpa", "mybatis", "mongodb");

    private Names() {}
}
