package io.tickethub.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** JSON, with an optional JSON Schema. Repeated keys are refused, never silently the last one. */
public final class JsonFormat implements Format {

  private static final int MOST_DIGITS = 1_000;
  private static final Pattern UNKNOWN_WORD = Pattern.compile("^Unrecognized token '.*?'(?=:|$)");

  private final JsonMapper mapper;
  private final int depth;
  private final JsonSchema schema;

  /** Without a schema if {@code schema} is null. */
  public JsonFormat(JsonSchema schema, Limits limits) {
    this.schema = schema;
    this.depth = limits.depth();
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(limits.depth()).build())
            .build();
    this.mapper =
        JsonMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
  }

  @Override
  public Object read(String text) {
    try {
      JsonNode node = mapper.readTree(text);
      if (node.isMissingNode()) {
        throw new MappingException(ProblemCode.MALFORMED, "the message is empty");
      }
      checkNumbers(node);
      validate(node);
      return mapper.treeToValue(node, Object.class);
    } catch (NumberFormatException e) {
      throw hugeNumber();
    } catch (StreamConstraintsException e) {
      boolean deep = e.getOriginalMessage().contains("nesting depth");
      throw new MappingException(
          deep ? ProblemCode.TOO_DEEP : ProblemCode.TOO_LARGE,
          deep
              ? "nested deeper than %d levels".formatted(depth)
              : "a name, number or text in it is longer than any that is read");
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      boolean repeated = e.getOriginalMessage().startsWith("Duplicate field");
      throw new MappingException(
          new Problem(
              repeated ? ProblemCode.REPEATED_KEY : ProblemCode.MALFORMED,
              location == null ? null : location.getLineNr(),
              null,
              null,
              "not well-formed JSON: " + sentence(e)));
    }
  }

  /**
   * A few bytes can stand for a number of a billion digits; whoever calculates with it never ends.
   */
  private static void checkNumbers(JsonNode node) {
    if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > MOST_DIGITS) {
      throw hugeNumber();
    }
    node.forEach(JsonFormat::checkNumbers);
  }

  private static MappingException hugeNumber() {
    return new MappingException(
        ProblemCode.TOO_LARGE, "a number of more than %d digits".formatted(MOST_DIGITS));
  }

  /** The parser's sentence without the word it stumbled over, which may be personal data. */
  private static String sentence(JsonProcessingException e) {
    if (e instanceof MismatchedInputException) {
      return "something follows its end";
    }
    return UNKNOWN_WORD.matcher(firstLine(e.getOriginalMessage())).replaceFirst("an unknown word");
  }

  @Override
  public String write(Object tree) {
    try {
      JsonNode node = mapper.valueToTree(tree);
      validate(node);
      return mapper.writeValueAsString(node);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unwritable(e);
    }
  }

  /** A tree that keeps to the schema, its values as if they had been read from JSON. */
  Object checked(Object tree) {
    try {
      JsonNode node = mapper.valueToTree(tree);
      checkNumbers(node);
      validate(node);
      return mapper.treeToValue(node, Object.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unwritable(e);
    }
  }

  private static MappingException unwritable(Exception e) {
    return new MappingException(
        ProblemCode.MAPPING,
        "the mapped value cannot be written as JSON: " + firstLine(e.getMessage()));
  }

  private void validate(JsonNode node) {
    if (schema == null) {
      return;
    }
    Set<ValidationMessage> broken = schema.validate(node);
    Optional<ValidationMessage> first =
        broken.stream()
            .min(Comparator.comparing(message -> message.getInstanceLocation().toString()));
    first.ifPresent(
        message -> {
          String field = fieldOf(message);
          throw new MappingException(
              Problem.of(codeOf(message), field, valueOf(message), detailOf(message)));
        });
  }

  private static ProblemCode codeOf(ValidationMessage message) {
    return switch (message.getType()) {
      case "required" -> ProblemCode.MISSING_FIELD;
      case "enum" -> ProblemCode.UNKNOWN_CODE;
      default -> ProblemCode.SCHEMA;
    };
  }

  private static String fieldOf(ValidationMessage message) {
    String path = message.getInstanceLocation().toString();
    String property = message.getProperty();
    return property == null ? path : path + "." + property;
  }

  private static String valueOf(ValidationMessage message) {
    JsonNode node = message.getInstanceNode();
    return node != null && node.isValueNode() ? node.asText() : null;
  }

  /**
   * The validator's sentence without the instance path it begins with, which the problem's field
   * repeats.
   */
  private static String detailOf(ValidationMessage message) {
    String text = message.getMessage();
    String path = message.getInstanceLocation() + ": ";
    return text.startsWith(path) ? text.substring(path.length()) : text;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
