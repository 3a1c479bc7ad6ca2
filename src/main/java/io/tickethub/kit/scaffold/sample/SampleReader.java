package io.tickethub.kit.scaffold.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.scaffold.sample.DelimiterGuess.Delimiter;
import io.tickethub.mapping.Format;
import io.tickethub.mapping.JsonFormat;
import io.tickethub.mapping.Limits;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.SoapFormat;
import io.tickethub.mapping.TextCodec;
import io.tickethub.mapping.XmlFormat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at samples of one channel and says what they are. */
public final class SampleReader {

  private static final Set<Shape> XML = EnumSet.of(Shape.XML, Shape.SOAP, Shape.SOAP12);

  private static final long LARGEST = 16L << 20;
  private static final Limits LIMITS = new Limits((int) LARGEST, 64);
  private static final Charset GBK = Charset.forName("GBK");
  private static final JsonMapper JSON = new JsonMapper();

  private final FieldNames names;
  private final KnownColumns known;

  public SampleReader(FieldNames names) {
    this(names, KnownColumns.NONE);
  }

  /** {@code known}: what somebody has said of the samples' columns already. */
  public SampleReader(FieldNames names, KnownColumns known) {
    this.names = names;
    this.known = known;
  }

  /** Throws {@link DefinitionException} if the samples are of no kind known here. */
  public Samples read(List<SampleFile> files) {
    List<byte[]> bodies = files.stream().map(SampleFile::bytes).toList();
    Guess<Charset> charset = known.guessedCharset().orElseGet(() -> CharsetGuess.of(bodies));
    TextCodec codec = TextCodec.of(charset.value().name(), TextCodec.Unmappable.REPLACE);
    List<String> texts = bodies.stream().map(body -> lenient(body, codec)).toList();
    List<Shape> shapes = texts.stream().map(SampleReader::shape).distinct().toList();
    if (shapes.size() > 1) {
      throw new DefinitionException(
          "the samples are of several formats, %s; give those of one channel at a time"
              .formatted(shapes));
    }
    Shape shape = shapes.get(0);
    return shape.isTable() ? table(files, charset, texts) : trees(files, charset, texts, shape);
  }

  private Samples table(List<SampleFile> files, Guess<Charset> charset, List<String> texts) {
    if (charset.value().name().startsWith("UTF-16")) {
      throw new DefinitionException(
          "the samples are lines in UTF-16, which the hub does not split into records; ask for"
              + " UTF-8 or GB18030");
    }
    List<String> lines =
        texts.stream().flatMap(String::lines).filter(line -> !line.isBlank()).toList();
    Optional<Guess<Delimiter>> delimiter = DelimiterGuess.of(lines);
    List<byte[]> bodies = files.stream().map(SampleFile::bytes).toList();
    FixedWidthGuess widths = new FixedWidthGuess(bodies, charset.value(), names, known);
    TableReader.Read read =
        widths
            .known()
            .or(() -> even(widths, delimiter))
            .or(() -> converted(widths, delimiter))
            .or(() -> ragged(widths, delimiter))
            .or(() -> delimiter.map(found -> delimited(bodies, charset.value(), found)))
            .orElseThrow(
                () ->
                    new DefinitionException(
                        "no JSON, no XML, nothing divides the lines of the samples into the same"
                            + " number of values, and no columns of fixed widths are seen in them;"
                            + " is it a binary format?"));
    return new Samples(
        files,
        charset,
        shape(read.table()),
        Optional.of(read.table()),
        new FieldPath(List.of()),
        false,
        profiles(read.records()),
        read.records().size(),
        TableWarnings.of(read.table(), lines.size(), read.records().size(), charset.value()));
  }

  /** A sign that now and then stands in the values of fixed columns divides nothing. */
  private static Optional<TableReader.Read> even(
      FixedWidthGuess widths, Optional<Guess<Delimiter>> delimiter) {
    int most =
        delimiter
            .filter(found -> found.confidence() >= 0.9)
            .map(found -> found.value().columns())
            .orElse(0);
    return widths.even().filter(even -> even.table().columns().size() > most * 2);
  }

  private static Guess<Shape> shape(Table table) {
    if (table.division() instanceof Table.Delimited delimited) {
      Guess<String> found = delimited.delimiter();
      return new Guess<>(Shape.DELIMITED, found.confidence(), found.reason());
    }
    Guess<Integer> bytes = ((Table.FixedWidth) table.division()).bytes();
    return new Guess<>(Shape.FIXED_WIDTH, bytes.confidence(), bytes.reason());
  }

  private static Optional<TableReader.Read> ragged(
      FixedWidthGuess widths, Optional<Guess<Delimiter>> delimiter) {
    int columns = delimiter.map(found -> found.value().columns()).orElse(0);
    return widths.ragged().filter(ragged -> ragged.table().columns().size() > columns * 2);
  }

  private TableReader.Read delimited(List<byte[]> bodies, Charset charset, Guess<Delimiter> found) {
    TextCodec codec = TextCodec.of(charset.name(), TextCodec.Unmappable.REPLACE);
    Delimiter delimiter = found.value();
    return new TableReader(new DelimitedCutter(delimiter, codec), names, known)
        .read(
            bodies,
            new Table.Delimited(
                new Guess<>(delimiter.text(), found.confidence(), found.reason()),
                delimiter.quote()));
  }

  /** Throws where the widths are not of bytes of the samples' charset. */
  private static Optional<TableReader.Read> converted(
      FixedWidthGuess widths, Optional<Guess<Delimiter>> delimiter) {
    if (delimiter.filter(d -> d.confidence() >= 0.9 && d.value().columns() > 2).isPresent()) {
      return Optional.empty();
    }
    if (widths.isEvenAs(text -> text.getBytes(GBK).length)) {
      throw new DefinitionException(
          "the lines of the samples have one length in GBK, but the samples are in another charset:"
              + " they were converted on their way; give them as the system writes them");
    }
    if (widths.isEvenAs(text -> text.codePointCount(0, text.length()))) {
      throw new DefinitionException(
          "the lines of the samples have one length in characters, but not in bytes, which the"
              + " hub's fixed-width format counts; ask the system for GBK or for a delimiter");
    }
    return Optional.empty();
  }

  private static Samples trees(
      List<SampleFile> files, Guess<Charset> charset, List<String> texts, Shape shape) {
    List<Object> trees = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      try {
        trees.addAll(parsed(texts.get(i), shape, charset.value()));
      } catch (MappingException e) {
        warnings.add(
            "%s cannot be read: %s".formatted(files.get(i).name(), e.problem().sentence()));
      }
    }
    if (trees.isEmpty()) {
      throw new DefinitionException("none of the samples can be read: " + warnings);
    }
    TreeReader.Read read = TreeReader.read(trees);
    if (read.place().steps().isEmpty() && XML.contains(shape)) {
      warnings.add(
          "the samples have different root elements; give those of one kind of message at a time");
    }
    return new Samples(
        files,
        charset,
        new Guess<>(shape, 0.99, "it reads as such"),
        Optional.empty(),
        read.place(),
        read.list(),
        profiles(read.records()),
        read.records().size(),
        warnings);
  }

  private static List<Object> parsed(String text, Shape shape, Charset charset) {
    Format json = new JsonFormat(null, LIMITS);
    return switch (shape) {
      case JSON_LINES -> text.lines().filter(line -> !line.isBlank()).map(json::read).toList();
      case XML -> List.of(new XmlFormat(null, LIMITS).read(text));
      case SOAP -> List.of(SoapFormat.soap11(null, charset.name(), LIMITS).read(text));
      case SOAP12 -> List.of(SoapFormat.soap12(null, charset.name(), LIMITS).read(text));
      default -> List.of(json.read(text));
    };
  }

  private static Shape shape(String text) {
    String start = text.strip();
    if (start.startsWith("<")) {
      return ofXml(text);
    }
    if (start.startsWith("{") || start.startsWith("[")) {
      if (isJson(start)) {
        return Shape.JSON;
      }
      List<String> lines = start.lines().filter(line -> !line.isBlank()).toList();
      long good = lines.stream().filter(SampleReader::isJson).count();
      return lines.size() > 1 && good * 10 >= lines.size() * 8L ? Shape.JSON_LINES : Shape.JSON;
    }
    return Shape.DELIMITED;
  }

  private static Shape ofXml(String text) {
    if (reads(SoapFormat.soap11(null, "UTF-8", LIMITS), text)) {
      return Shape.SOAP;
    }
    return reads(SoapFormat.soap12(null, "UTF-8", LIMITS), text) ? Shape.SOAP12 : Shape.XML;
  }

  private static boolean reads(Format format, String text) {
    try {
      format.read(text);
      return true;
    } catch (MappingException e) {
      return false;
    }
  }

  private static boolean isJson(String text) {
    try {
      return JSON.reader()
              .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(text)
          != null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** A record that came twice as it is was sent twice: it tells nothing new. */
  private static List<FieldProfile> profiles(List<Map<FieldPath, List<String>>> all) {
    List<Map<FieldPath, List<String>>> records = List.copyOf(new LinkedHashSet<>(all));
    Map<FieldPath, List<String>> values = new LinkedHashMap<>();
    Map<FieldPath, Boolean> repeated = new LinkedHashMap<>();
    for (Map<FieldPath, List<String>> record : records) {
      record.forEach(
          (path, several) -> {
            values.computeIfAbsent(path, any -> new ArrayList<>()).addAll(several);
            repeated.merge(path, several.size() > 1, Boolean::logicalOr);
          });
    }
    List<FieldProfile> profiles = new ArrayList<>();
    values.forEach(
        (path, several) ->
            profiles.add(FieldProfile.of(path, records.size(), several, repeated.get(path))));
    return profiles;
  }

  /** Whole if it can be decoded as a whole; otherwise without the lines that cannot. */
  private static String lenient(byte[] body, TextCodec codec) {
    try {
      return codec.decode(body);
    } catch (MappingException whole) {
      StringBuilder text = new StringBuilder();
      for (byte[] line : Lines.of(body)) {
        try {
          text.append(codec.decode(line)).append('\n');
        } catch (MappingException one) {
          continue;
        }
      }
      return text.toString();
    }
  }

  /** Throws {@link DefinitionException} if it cannot be read, is empty or huge. */
  public static SampleFile file(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw new DefinitionException(path + ": there is no such file");
      }
      long size = Files.size(path);
      if (size == 0 || size > LARGEST) {
        throw new DefinitionException(
            size == 0
                ? path + ": the sample is empty"
                : path + ": a sample of more than 16 MB; cut it to a few hundred records");
      }
      return new SampleFile(path.getFileName().toString(), Files.readAllBytes(path));
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }
}
