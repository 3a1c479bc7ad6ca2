package io.tickethub.mapping;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** One system's code tables, from {@code mapping/codes.yaml}: its codes to the hub's and back. */
public final class CodeTables {

  /** What to do with a code that a table does not hold. */
  public enum Otherwise {
    REJECT,
    KEEP,
    DEFAULT
  }

  /**
   * One table.
   *
   * @param values the system's code → the hub's
   * @param back the hub's code → the system's, where that is not the first code of {@code values}
   *     with this meaning
   * @param otherwise the policy for an unknown code, in both directions
   * @param defaultValue the hub's code for an unknown code of the system, with the policy {@code
   *     default}
   * @param defaultBack the system's code for an unknown code of the hub, with the policy {@code
   *     default}
   */
  public record Table(
      @JsonProperty(required = true) Map<String, String> values,
      Map<String, String> back,
      @JsonProperty(required = true) Otherwise otherwise,
      @JsonProperty("default") String defaultValue,
      @JsonProperty("default-back") String defaultBack) {

    public Table {
      if (otherwise == Otherwise.DEFAULT && defaultValue == null && defaultBack == null) {
        throw new DefinitionException("otherwise: default needs 'default' or 'default-back'");
      }
      Map<String, String> inverse = new LinkedHashMap<>();
      values.forEach((code, meaning) -> inverse.putIfAbsent(meaning, code));
      if (back != null) {
        inverse.putAll(back);
      }
      values = Map.copyOf(values);
      back = Map.copyOf(inverse);
    }
  }

  private record File(@JsonProperty(required = true) Map<String, Table> tables) {}

  public static final CodeTables NONE = new CodeTables(Map.of());

  private final Map<String, Table> tables;

  private CodeTables(Map<String, Table> tables) {
    this.tables = tables;
  }

  public static CodeTables read(Path file) {
    return new CodeTables(Map.copyOf(YamlFiles.read(file, File.class).tables()));
  }

  /** The tables by name. */
  public Map<String, Table> tables() {
    return tables;
  }

  /** The hub's code for a code of the system. */
  String toHub(String table, String code) {
    Table found = table(table);
    return translate(table, code, found.values(), found.otherwise(), found.defaultValue());
  }

  /** The system's code for a code of the hub. */
  String fromHub(String table, String code) {
    Table found = table(table);
    return translate(table, code, found.back(), found.otherwise(), found.defaultBack());
  }

  private Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new MappingException(
          ProblemCode.MAPPING,
          "the mapping asks for a code table '%s' that is not there".formatted(name));
    }
    return table;
  }

  private static String translate(
      String table, String code, Map<String, String> codes, Otherwise otherwise, String byDefault) {
    if (code == null) {
      return null;
    }
    String found = codes.get(code);
    if (found != null) {
      return found;
    }
    return switch (otherwise) {
      case KEEP -> code;
      case DEFAULT -> byDefault;
      case REJECT ->
          throw new MappingException(
              Problem.of(
                  ProblemCode.UNKNOWN_CODE,
                  null,
                  code,
                  "the code is not in table '%s', which knows %s"
                      .formatted(table, new TreeSet<>(codes.keySet()))));
    };
  }
}
