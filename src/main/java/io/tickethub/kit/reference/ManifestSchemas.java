package io.tickethub.kit.reference;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.connector.folder.Route;
import io.tickethub.connector.folder.SyntaxName;
import io.tickethub.kit.quality.QualityClaims.Claim;
import io.tickethub.service.Amount;
import io.tickethub.service.Hours;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** JSON Schemas of the definition files, from the records that read them. */
public final class ManifestSchemas {

  private static final String DURATION = "^[0-9]{1,9}(ms|s|m|h|d)$";
  private static final String TIME = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$";
  private static final String SIZE = "^[0-9]{1,9}(KB|MB)$";

  private final ManifestKeys keys;
  private final SchemaGenerator generator;

  public ManifestSchemas(ManifestKeys keys) {
    this.keys = keys;
    SchemaGeneratorConfigBuilder configuration =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                Option.DEFINITIONS_FOR_ALL_OBJECTS,
                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                Option.PLAIN_DEFINITION_KEYS)
            .with(new JacksonModule(JacksonOption.RESPECT_JSONPROPERTY_REQUIRED));
    configuration.forFields().withDescriptionResolver(this::description);
    configuration
        .forTypesInGeneral()
        .withCustomDefinitionProvider(this::definition)
        .withPropertySorter(Comparator.comparingInt(ManifestSchemas::place));
    this.generator = new SchemaGenerator(configuration.build());
  }

  /** The schema of a file; throws if a key has no meaning. */
  public ObjectNode schema(ManifestFile file) {
    ObjectNode schema = generator.generateSchema(file.reader());
    schema.put("title", file.pattern());
    requireBothTitles(schema);
    letClaimsBeWords(schema);
    return schema;
  }

  /** The keys come in the order of the record. */
  private static int place(MemberScope<?, ?> member) {
    RecordComponent[] components = member.getDeclaringType().getErasedType().getRecordComponents();
    return components == null
        ? 0
        : Arrays.stream(components)
            .map(RecordComponent::getName)
            .toList()
            .indexOf(member.getDeclaredName());
  }

  private String description(FieldScope field) {
    if (field.isFakeContainerItemScope()) {
      return null;
    }
    ManifestKeys.Meaning meaning =
        keys.meaning(field.getDeclaringType().getErasedType(), field.getSchemaPropertyName());
    return meaning.otherwise().isEmpty()
        ? meaning.means()
        : "%s (otherwise: %s)".formatted(meaning.means(), meaning.otherwise());
  }

  private CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
    Class<?> erased = type.getErasedType();
    ObjectNode node = context.getGeneratorConfig().createObjectNode();
    if (erased == Duration.class) {
      return inline(node.put("type", "string").put("pattern", DURATION));
    }
    if (erased == DataSize.class) {
      return inline(node.put("type", "string").put("pattern", SIZE));
    }
    if (erased == Amount.class) {
      return inline(node.put("type", "string").put("pattern", "^" + Amount.PATTERN + "$"));
    }
    if (erased == Hours.class) {
      return inline(node.put("type", "string").put("pattern", "^" + Hours.PATTERN + "$"));
    }
    if (erased == LocalDate.class) {
      return inline(node.put("type", "string").put("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"));
    }
    if (erased == LocalTime.class) {
      return inline(node.put("type", "string").put("pattern", TIME));
    }
    if (erased == ZoneId.class) {
      return inline(node.put("type", "string"));
    }
    if (erased == Character.class) {
      return inline(node.put("type", "string").put("minLength", 1).put("maxLength", 1));
    }
    if (erased.isEnum()) {
      ArrayNode codes = node.put("type", "string").putArray("enum");
      for (Object constant : erased.getEnumConstants()) {
        codes.add(code((Enum<?>) constant));
      }
      return inline(node);
    }
    if (erased == SyntaxName.class) {
      return syntaxName(node);
    }
    if (erased == Route.class) {
      return route(node);
    }
    if (erased == Map.class) {
      node.put("type", "object");
      node.set(
          "additionalProperties",
          context.createDefinitionReference(type.typeParametersFor(Map.class).get(1)));
      return inline(node);
    }
    return null;
  }

  /** One of the hub's own, which editors complete, or whatever a jar in lib brings. */
  private static CustomDefinition syntaxName(ObjectNode node) {
    ArrayNode forms = node.put("type", "string").putArray("anyOf");
    ArrayNode own = forms.addObject().putArray("enum");
    Syntax.own().forEach(syntax -> own.add(code(syntax)));
    forms.addObject().put("pattern", SyntaxName.PATTERN);
    return inline(node);
  }

  /** All keys but one are the template's parameters. */
  private CustomDefinition route(ObjectNode node) {
    String key = "template";
    node.put("type", "object")
        .putObject("properties")
        .putObject(key)
        .put("type", "string")
        .put("description", keys.meaning(Route.class, key).means());
    node.putArray("required").add(key);
    return new CustomDefinition(
        node.put("additionalProperties", true), DefinitionType.STANDARD, AttributeInclusion.NO);
  }

  /** A claim is the word {@code done} or an object. */
  private static void letClaimsBeWords(JsonNode schema) {
    String name = Claim.class.getSimpleName();
    if (schema.path("$defs") instanceof ObjectNode definitions && definitions.has(name)) {
      JsonNode object = definitions.get(name);
      ArrayNode forms = definitions.putObject(name).putArray("anyOf");
      forms.addObject().put("const", "done");
      forms.add(object);
    }
  }

  private static CustomDefinition inline(ObjectNode node) {
    return new CustomDefinition(node, DefinitionType.INLINE, AttributeInclusion.YES);
  }

  /** As manifests write it. */
  private static String code(Enum<?> constant) {
    try {
      JsonProperty name =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return name == null
          ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
          : name.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void requireBothTitles(JsonNode schema) {
    for (JsonNode object : schema.findParents("titles")) {
      if (object.path("titles") instanceof ObjectNode titles && titles.has("type")) {
        titles.putArray("required").add("en").add("zh");
      }
    }
  }
}
