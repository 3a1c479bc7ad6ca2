package io.tickethub.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * Reads a YAML file into a record. Unknown and repeated keys, keys without a value, aliases and a
 * second document are errors, and every error names file and line.
 */
public final class YamlFiles {

  /** Whoever writes these files knows the names of no Java packages. */
  private static final Pattern JAVA_PACKAGE =
      Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?:\\w+\\$)*(?=[A-Z])");

  private static final Pattern MISSING_KEY =
      Pattern.compile("Missing required creator property ('[^']*').*");

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addDeserializer(Duration.class, new DurationText())
                  .addDeserializer(DataSize.class, new DataSizeText()))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /**
   * Durations as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 4h}, {@code 3d}.
   */
  private static final class DurationText extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    private DurationText() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      if (!text.matches("\\d{1,9}(ms|s|m|h|d)")) {
        throw context.weirdStringException(
            text, Duration.class, "write a number and a unit: ms, s, m, h or d");
      }
      return DurationStyle.detectAndParse(text);
    }
  }

  /** Sizes as people write them: {@code 64KB}, {@code 10MB}. */
  private static final class DataSizeText extends StdDeserializer<DataSize> {
    private static final long serialVersionUID = 1L;

    private DataSizeText() {
      super(DataSize.class);
    }

    @Override
    public DataSize deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      if (!text.matches("\\d{1,9}(KB|MB)")) {
        throw context.weirdStringException(
            text, DataSize.class, "write a number and a unit: KB or MB");
      }
      return DataSize.parse(text);
    }
  }

  private YamlFiles() {}

  public static <T> T read(Path file, Class<T> type) {
    return parse(file, text(file), type);
  }

  /** The same from a text of the hub's own resources. */
  public static <T> T resource(String name, Class<T> type) {
    try (InputStream stream = YamlFiles.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new DefinitionException(name + ": there is no such resource");
      }
      return parse(Path.of(name), new String(stream.readAllBytes(), UTF_8), type);
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static <T> T parse(Path file, String text, Class<T> type) {
    PlainYaml.check(file, text);
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new DefinitionException(
          "%s, line %d: %s%s".formatted(file, line(text, e), cause(e), written(text, e)), e);
    }
  }

  /** The line on which {@code keys} lead, or the last of them that is there. */
  public static int line(Path file, List<String> keys) {
    return PlainYaml.line(
        text(file),
        keys.stream().map(key -> new JsonMappingException.Reference(null, key)).toList());
  }

  /** Jackson knows the line of bad syntax; of a bad value only where it noticed. */
  private static int line(String text, JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping)) {
      return e.getLocation().getLineNr();
    }
    return mapping.getCause() instanceof JsonParseException syntax
        ? syntax.getLocation().getLineNr()
        : PlainYaml.line(text, mapping.getPath());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new DefinitionException(file + ": there is no such file");
    } catch (CharacterCodingException e) {
      throw new DefinitionException(file + ": not in UTF-8", e);
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Where a key is missing, one of those that are there may have been meant for it. */
  private static String written(String text, JsonProcessingException e) {
    if (!(e instanceof MismatchedInputException missing)
        || !MISSING_KEY.matcher(e.getOriginalMessage()).lookingAt()) {
      return "";
    }
    List<String> written = PlainYaml.keys(text, missing.getPath());
    return written.isEmpty() ? "" : "; written are " + written;
  }

  private static List<String> names(InvalidFormatException e) {
    return Arrays.stream(e.getTargetType().getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

  private static String plain(String text) {
    return MISSING_KEY
        .matcher(JAVA_PACKAGE.matcher(text).replaceAll(""))
        .replaceAll("the key $1 is missing");
  }

  private static String cause(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown key '%s'; known are %s"
          .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds());
    }
    String path =
        e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
            ? mapping.getPath().stream()
                    .map(
                        step ->
                            step.getFieldName() == null
                                ? "[" + step.getIndex() + "]"
                                : step.getFieldName())
                    .reduce((a, b) -> b.startsWith("[") ? a + b : a + "." + b)
                    .orElse("")
                + ": "
            : "";
    if (e instanceof InvalidFormatException invalid && invalid.getTargetType().isEnum()) {
      return path + "'%s' is none of %s".formatted(invalid.getValue(), names(invalid));
    }
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text =
        root instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : root.getMessage();
    return path + plain(String.valueOf(text));
  }
}
