package io.tickethub.mapping;

import com.networknt.schema.JsonSchema;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import java.util.Iterator;
import java.util.List;

/** A file of JSON values, one a line. The schema is that of one of them. */
public final class JsonLinesFormat implements RecordFormat {

  private final JsonFormat line;

  /** Without a schema if {@code schema} is null. */
  public JsonLinesFormat(JsonSchema schema, Limits limits) {
    this.line = new JsonFormat(schema, limits);
  }

  @Override
  public Iterator<RawRecord> records(byte[] file) {
    return RecordSplitter.lines(file);
  }

  @Override
  public Object read(String text) {
    try {
      return line.read(text);
    } catch (MappingException e) {
      throw RecordFormat.unplaced(e);
    }
  }

  @Override
  public String write(Object tree) {
    List<?> records = RecordFormat.list(tree);
    StringBuilder text = new StringBuilder();
    records.forEach(record -> text.append(line.write(record)).append('\n'));
    return text.toString();
  }
}
