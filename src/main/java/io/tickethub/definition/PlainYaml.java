package io.tickethub.definition;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What Jackson does not see of a YAML file. It refuses what YAML allows and a definition has no use
 * for: aliases (Jackson takes one for the name of its anchor), keys without a value, a second
 * document. And it knows the line of a value.
 */
final class PlainYaml {

  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

  private static final int DEEPEST = 40;

  private PlainYaml() {}

  static void check(Path file, String text) {
    int documents = 0;
    int depth = 0;
    try {
      for (Event event : new Yaml().parse(new StringReader(text))) {
        if (event instanceof DocumentStartEvent) {
          documents++;
        }
        if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
          throw refusal(file, event, "nested more than %d deep".formatted(DEEPEST));
        }
        if (event instanceof CollectionEndEvent) {
          depth--;
        }
        if (documents > 1) {
          throw refusal(file, event, "a second document is not read: use one file for each");
        }
        if (event.is(Event.ID.Alias)) {
          throw refusal(file, event, "an alias is not understood: write the value again");
        }
      }
    } catch (MarkedYAMLException e) {
      throw new DefinitionException(
          "%s, line %d: no YAML: %s"
              .formatted(file, e.getProblemMark().getLine() + 1, e.getProblem()),
          e);
    } catch (YAMLException e) {
      throw new DefinitionException("%s: no YAML: %s".formatted(file, e.getMessage()), e);
    }
    Node root = compose(text);
    if (documents == 0 || isNothing(root)) {
      throw new DefinitionException(file + ": the file is empty");
    }
    checkValues(file, "", root);
  }

  private static Node compose(String text) {
    return new Yaml().compose(new StringReader(text));
  }

  private static void checkValues(Path file, String path, Node node) {
    if (isNothing(node)) {
      throw new DefinitionException(
          "%s, line %d: %s: has no value".formatted(file, node.getStartMark().getLine() + 1, path));
    }
    if (node instanceof MappingNode mapping) {
      String start = path.isEmpty() ? "" : path + ".";
      for (NodeTuple entry : mapping.getValue()) {
        String key = entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
        checkValues(file, start + key, entry.getValueNode());
      }
    } else if (node instanceof SequenceNode sequence) {
      for (int index = 0; index < sequence.getValue().size(); index++) {
        checkValues(file, "%s[%d]".formatted(path, index), sequence.getValue().get(index));
      }
    }
  }

  /**
   * The line on which the value stands that {@code path} leads to, or the last part of the path
   * that is there; Jackson knows only where it noticed.
   */
  static int line(String text, List<JsonMappingException.Reference> path) {
    Node node = compose(text);
    int line = node.getStartMark().getLine();
    for (JsonMappingException.Reference step : path) {
      if (node instanceof MappingNode mapping) {
        Optional<NodeTuple> entry = entry(mapping, step.getFieldName());
        if (entry.isEmpty()) {
          break;
        }
        node = entry.get().getValueNode();
        line = entry.get().getKeyNode().getStartMark().getLine();
      } else if (node instanceof SequenceNode sequence
          && step.getIndex() >= 0
          && step.getIndex() < sequence.getValue().size()) {
        node = sequence.getValue().get(step.getIndex());
        line = node.getStartMark().getLine();
      }
    }
    return line + 1;
  }

  /** The keys of the object that {@code path} leads to, or of the last one that is there. */
  static List<String> keys(String text, List<JsonMappingException.Reference> path) {
    Node node = compose(text);
    Node object = node;
    for (JsonMappingException.Reference step : path) {
      if (node instanceof MappingNode mapping) {
        Optional<NodeTuple> entry = entry(mapping, step.getFieldName());
        if (entry.isEmpty()) {
          break;
        }
        node = entry.get().getValueNode();
      } else if (node instanceof SequenceNode sequence
          && step.getIndex() >= 0
          && step.getIndex() < sequence.getValue().size()) {
        node = sequence.getValue().get(step.getIndex());
      }
      object = node instanceof MappingNode ? node : object;
    }
    return object instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .map(NodeTuple::getKeyNode)
            .filter(ScalarNode.class::isInstance)
            .map(key -> ((ScalarNode) key).getValue())
            .toList()
        : List.of();
  }

  private static Optional<NodeTuple> entry(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(
            entry -> entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
        .findFirst();
  }

  private static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN
        && NOTHING.contains(scalar.getValue());
  }

  private static DefinitionException refusal(Path file, Event event, String cause) {
    return new DefinitionException(
        "%s, line %d: %s".formatted(file, event.getStartMark().getLine() + 1, cause));
  }
}
