package io.caravan.hub.config.files;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.StringReader;
import java.util.List;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds the line of a field in a YAML text; binding works on the merged tree, which knows no lines. */
final class YamlLines {

    private YamlLines() {}

    /** Line of the deepest part of the path that the text has, from 1; 0 when it has none of it. */
    static int lineOf(String text, List<JsonMappingException.Reference> path) {
        Node node;
        try {
            node = new Yaml().compose(new StringReader(text));
        } catch (YAMLException e) {
            return 0;
        }
        int line = 0;
        for (JsonMappingException.Reference step : path) {
            Node next = null;
            if (node instanceof MappingNode mapping && step.getFieldName() != null) {
                for (NodeTuple pair : mapping.getValue()) {
                    if (pair.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals(step.getFieldName())) {
                        line = key.getStartMark().getLine() + 1;
                        next = pair.getValueNode();
                    }
                }
            } else if (node instanceof SequenceNode list
                    && step.getIndex() >= 0
                    && step.getIndex() < list.getValue().size()) {
                next = list.getValue().get(step.getIndex());
                line = next.getStartMark().getLine() + 1;
            }
            if (next == null) {
                return line;
            }
            node = next;
        }
        return line;
    }
}
