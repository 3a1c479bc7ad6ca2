package io.tickethub.connector.folder;

import com.networknt.schema.JsonSchema;
import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.JsonSchemaFile;
import io.tickethub.definition.YamlFiles;
import io.tickethub.mapping.DelimitedFormat;
import io.tickethub.mapping.FixedWidthFormat;
import io.tickethub.mapping.Format;
import io.tickethub.mapping.JsonFormat;
import io.tickethub.mapping.JsonLinesFormat;
import io.tickethub.mapping.JsonRecordsFormat;
import io.tickethub.mapping.LibraryFormat;
import io.tickethub.mapping.Limits;
import io.tickethub.mapping.MessageFormat;
import io.tickethub.mapping.SchemaFiles;
import io.tickethub.mapping.SoapFormat;
import io.tickethub.mapping.TextCodec;
import io.tickethub.mapping.XmlFormat;
import io.tickethub.mapping.XmlRecordsFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import javax.xml.validation.Schema;

/** The formats of a connector's channels, by what its manifest says of them. */
public final class ChannelFormats {

  /**
   * What a manifest says of one.
   *
   * @param keys lead to it
   * @param schema null for none
   * @param records null for none
   */
  record Form(List<String> keys, SyntaxName name, String schema, String records) {

    /** The form of an answer to what comes in this one, which is no file of records. */
    Form ofAnswers() {
      SyntaxName answers =
          switch (name.syntax()) {
            case DELIMITED, FIXED_WIDTH, JSON_LINES, JSON_RECORDS ->
                new SyntaxName(Syntax.JSON.text());
            case XML_RECORDS -> new SyntaxName(Syntax.XML.text());
            default -> name;
          };
      return new Form(keys, answers, null, null);
    }
  }

  private final Path manifest;
  private final Function<String, Path> files;
  private final Map<String, MessageFormat> library;

  /**
   * @param files the folder's file of a name; throws if there is none
   * @param library what its jars bring, by name
   */
  ChannelFormats(Path manifest, Function<String, Path> files, Map<String, MessageFormat> library) {
    this.manifest = manifest;
    this.files = files;
    this.library = library;
  }

  /**
   * The format of messages that may be anything well-formed.
   *
   * @param syntax none of columns or of {@code lib}
   * @param records as in a manifest; null for none
   */
  public static Format withoutSchema(
      Syntax syntax, String records, TextCodec codec, Limits limits) {
    Form form = new Form(List.of(), new SyntaxName(syntax.text()), null, records);
    return new ChannelFormats(Path.of("connector.yaml"), Path::of, Map.of())
        .of(form, codec, limits);
  }

  Format of(Form form, TextCodec codec, Limits limits) {
    Syntax syntax = form.name().syntax();
    String schema = form.schema();
    if (form.records() == null == syntax.hasRecordsAt()) {
      throw new DefinitionException(
          manifest + ": 'records' is for channels of xml-records and json-records, which need it");
    }
    return switch (syntax) {
      case JSON -> new JsonFormat(jsonSchema(schema), limits);
      case JSON_LINES -> new JsonLinesFormat(jsonSchema(schema), limits);
      case XML -> new XmlFormat(xmlSchema(schema), limits);
      case XML_RECORDS -> new XmlRecordsFormat(form.records(), xmlSchema(schema), codec, limits);
      case JSON_RECORDS -> new JsonRecordsFormat(form.records(), jsonSchema(schema), codec, limits);
      case SOAP -> SoapFormat.soap11(xmlSchema(schema), codec.charset().name(), limits);
      case SOAP12 -> SoapFormat.soap12(xmlSchema(schema), codec.charset().name(), limits);
      case DELIMITED -> new DelimitedFormat(SchemaFiles.columns(layout(form)), codec);
      case FIXED_WIDTH -> new FixedWidthFormat(SchemaFiles.fixedWidths(layout(form)), codec);
      case LIBRARY -> new LibraryFormat(ofLibrary(form), jsonSchema(schema), codec, limits);
    };
  }

  private MessageFormat ofLibrary(Form form) {
    MessageFormat format = library.get(form.name().text());
    if (format == null) {
      throw new DefinitionException(
          "%s, line %d: %s: '%s' is none of %s%s"
              .formatted(
                  manifest,
                  YamlFiles.line(manifest, form.keys()),
                  String.join(".", form.keys()),
                  form.name(),
                  Syntax.own().stream().map(Syntax::text).toList(),
                  library.isEmpty()
                      ? ", and no jar in lib brings it"
                      : ", nor of lib's " + new TreeSet<>(library.keySet())));
    }
    return format;
  }

  private JsonSchema jsonSchema(String schema) {
    return schema == null ? null : JsonSchemaFile.read(files.apply(schema));
  }

  private Schema xmlSchema(String schema) {
    return schema == null ? null : SchemaFiles.xmlSchema(files.apply(schema));
  }

  private Path layout(Form form) {
    if (form.schema() == null) {
      throw new DefinitionException(
          "%s: a %s channel needs a 'schema'".formatted(manifest, form.name()));
    }
    return files.apply(form.schema());
  }
}
