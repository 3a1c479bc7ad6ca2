package io.tickethub.kit.scaffold;

import io.tickethub.connector.folder.ChannelFormats;
import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.kit.scaffold.schema.SchemaInference;
import io.tickethub.mapping.Format;
import io.tickethub.mapping.Limits;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.mapping.TextCodec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** The messages of a channel before there is a schema: documents, or the records of files. */
final class FreeMessages {

  private static final Limits LIMITS = new Limits(64 << 20, 64);
  private static final Set<Syntax> WITH_SCHEMAS =
      Set.of(
          Syntax.JSON,
          Syntax.JSON_LINES,
          Syntax.JSON_RECORDS,
          Syntax.XML,
          Syntax.XML_RECORDS,
          Syntax.SOAP,
          Syntax.SOAP12);

  private final Syntax syntax;
  private final Format format;
  private final TextCodec codec;

  /**
   * Of a syntax that {@link #haveSchema}.
   *
   * @param records where they are; null where the syntax needs no path
   */
  FreeMessages(Syntax syntax, String records, TextCodec codec) {
    this.syntax = syntax;
    this.format = ChannelFormats.withoutSchema(syntax, records, codec, LIMITS);
    this.codec = codec;
  }

  /** Whether messages of this syntax can have a JSON Schema or an XML Schema. */
  static boolean haveSchema(Syntax syntax) {
    return WITH_SCHEMAS.contains(syntax);
  }

  Format format() {
    return format;
  }

  /** The texts a schema is about; nothing of what cannot be decoded or taken apart. */
  List<String> texts(byte[] body) {
    return texts(body, line -> true);
  }

  /** The same of the records that begin on wanted lines. */
  List<String> texts(byte[] body, IntPredicate wanted) {
    List<String> texts = new ArrayList<>();
    try {
      if (!(format instanceof RecordFormat file)) {
        return List.of(codec.decode(body));
      }
      for (Iterator<RawRecord> records = file.records(body); records.hasNext(); ) {
        RawRecord record = records.next();
        if (record.bytes().length > 0 && wanted.test(record.line())) {
          decoded(record.bytes()).ifPresent(texts::add);
        }
      }
    } catch (MappingException e) {
      return texts;
    }
    return texts;
  }

  private Optional<String> decoded(byte[] record) {
    try {
      return Optional.of(codec.decode(record));
    } catch (MappingException e) {
      return Optional.empty();
    }
  }

  /**
   * A schema that these texts keep to.
   *
   * @param keys properties that are required, if it is JSON
   */
  Optional<String> schema(SchemaInference inference, List<String> texts, List<String> keys) {
    return switch (syntax) {
      case JSON, JSON_LINES, JSON_RECORDS -> inference.json(texts, keys);
      case XML, XML_RECORDS -> inference.xml(texts);
      case SOAP -> inference.soap(texts);
      case SOAP12 -> inference.soap12(texts);
      case DELIMITED, FIXED_WIDTH, LIBRARY -> Optional.empty();
    };
  }
}
