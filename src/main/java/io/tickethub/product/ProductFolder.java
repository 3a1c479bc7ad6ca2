package io.tickethub.product;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.JsonSchemaFile;
import io.tickethub.definition.YamlFiles;
import io.tickethub.privacy.Masking;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.TicketContent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A product adapter that is a folder: {@code product.yaml}, a JSON Schema of the attributes,
 * examples.
 */
public final class ProductFolder implements ProductAdapter {

  private static final Set<String> SENSITIVITIES = Set.of("none", "personal", "sensitive-personal");

  private static final List<String> MASKING_KINDS =
      Arrays.stream(Masking.Kind.values()).map(Masking.Kind::code).toList();

  private final ProductDefinition definition;
  private final JsonSchema attributes;
  private final JsonMapper json = new JsonMapper();

  private ProductFolder(ProductDefinition definition, JsonSchema attributes) {
    this.definition = definition;
    this.attributes = attributes;
  }

  /** Reads a folder; throws {@link DefinitionException} naming file and cause. */
  public static ProductFolder read(Path folder) {
    Path file = folder.resolve("product.yaml");
    ProductDefinition definition = YamlFiles.read(file, ProductDefinition.class);
    if (!definition.code().equals(folder.getFileName().toString())) {
      throw new DefinitionException(
          "%s: code '%s' differs from the folder's name".formatted(file, definition.code()));
    }
    if (!definition.titles().keySet().containsAll(Set.of("en", "zh"))) {
      throw new DefinitionException(file + ": titles needs 'en' and 'zh'");
    }
    if (!SENSITIVITIES.contains(definition.sensitivity())) {
      throw new DefinitionException(
          "%s: sensitivity '%s' is none of %s"
              .formatted(file, definition.sensitivity(), SENSITIVITIES));
    }
    for (String kind : definition.masking().values()) {
      if (Masking.Kind.find(kind).isEmpty()) {
        throw new DefinitionException(
            "%s: masking '%s' is none of %s".formatted(file, kind, MASKING_KINDS));
      }
    }
    return new ProductFolder(
        definition, JsonSchemaFile.read(folder.resolve(definition.attributes())));
  }

  @Override
  public String code() {
    return definition.code();
  }

  @Override
  public Map<String, String> titles() {
    return definition.titles();
  }

  @Override
  public List<Problem> check(Map<String, Object> ticketAttributes) {
    List<Problem> problems = new ArrayList<>();
    for (String name : definition.required()) {
      Object value = ticketAttributes.get(name);
      if (value == null || String.valueOf(value).isBlank()) {
        problems.add(
            Problem.of(
                ProblemCode.MISSING_FIELD,
                "attributes." + name,
                null,
                "a ticket of product class '%s' needs it".formatted(code())));
      }
    }
    Map<String, Object> own = new TreeMap<>(ticketAttributes);
    own.keySet().removeAll(TicketContent.COMMON_ATTRIBUTES);
    JsonNode node = json.valueToTree(own);
    for (ValidationMessage message : attributes.validate(node)) {
      String field = message.getInstanceLocation().toString().replaceFirst("^\\$", "attributes");
      problems.add(Problem.of(ProblemCode.INVALID_VALUE, field, null, message.getMessage()));
    }
    return problems;
  }

  @Override
  public Optional<String> responsible() {
    return Optional.ofNullable(definition.responsible());
  }

  @Override
  public Set<String> mustKnow() {
    return definition.mustKnow();
  }

  @Override
  public Optional<Duration> repairLimit(String serviceLevel) {
    Duration otherwise = definition.repairLimits().get("otherwise");
    return Optional.ofNullable(
        serviceLevel == null
            ? otherwise
            : definition.repairLimits().getOrDefault(serviceLevel, otherwise));
  }

  @Override
  public Map<String, String> masking() {
    return definition.masking();
  }
}
