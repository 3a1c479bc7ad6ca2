package io.tickethub.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.networknt.schema.JsonSchema;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JSON document with a list of records, found by the path of names from the root; the path {@code
 * .} is the document itself. Each record is a message, kept as it stood in the document. The schema
 * is that of one.
 */
public final class JsonRecordsFormat extends DocumentOfRecords {

  private static final String ITSELF = ".";

  private final List<String> path;
  private final JsonFormat whole;
  private final JsonFormat record;
  private final JsonFactory parsers = new JsonFactory();

  /**
   * @param path of the list, such as {@code data/tickets}
   * @param schema of one record; null for none
   */
  public JsonRecordsFormat(String path, JsonSchema schema, TextCodec codec, Limits limits) {
    this(path, new JsonFormat(null, limits), new JsonFormat(schema, limits), codec);
  }

  private JsonRecordsFormat(String path, JsonFormat whole, JsonFormat record, TextCodec codec) {
    super(whole, record, codec);
    this.path = path.equals(ITSELF) ? List.of() : path(path);
    this.whole = whole;
    this.record = record;
  }

  @Override
  List<RawRecord> records(String text) {
    try (JsonParser parser = parsers.createParser(text)) {
      parser.nextToken();
      return descend(parser) ? list(parser, text) : List.of();
    } catch (IOException e) {
      throw new MappingException(ProblemCode.MALFORMED, "not well-formed JSON");
    }
  }

  /** Goes to the list; false if the document has nothing there. */
  private boolean descend(JsonParser parser) throws IOException {
    for (String name : path) {
      if (parser.currentToken() != JsonToken.START_OBJECT || !find(parser, name)) {
        return false;
      }
    }
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return false;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new MappingException(
          ProblemCode.MALFORMED, "there is no list at '%s'".formatted(String.join("/", path)));
    }
    return true;
  }

  private static boolean find(JsonParser parser, String name) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals(name);
      parser.nextToken();
      if (wanted) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private List<RawRecord> list(JsonParser parser, String text) throws IOException {
    List<RawRecord> records = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int line = parser.currentTokenLocation().getLineNr();
      int begin = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      parser.finishToken();
      int end = (int) parser.currentLocation().getCharOffset();
      records.add(record(line, text.substring(begin, end).strip()));
    }
    return records;
  }

  @Override
  String document(List<?> records) {
    records.forEach(record::write);
    Object document = records;
    for (int i = path.size() - 1; i >= 0; i--) {
      document = Map.of(path.get(i), document);
    }
    return whole.write(document);
  }
}
