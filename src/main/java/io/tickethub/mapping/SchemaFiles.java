package io.tickethub.mapping;

import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads the schema files of a folder. A schema may refer to nothing outside its own file. */
public final class SchemaFiles {

  private SchemaFiles() {}

  /** An XML Schema from an {@code .xsd}, or from the types of a {@code .wsdl}. */
  public static Schema xmlSchema(Path file) {
    try {
      SchemaFactory factory = SchemaFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      return file.toString().endsWith(".wsdl")
          ? factory.newSchema(types(file))
          : factory.newSchema(file.toFile());
    } catch (SAXParseException e) {
      String line = e.getLineNumber() < 1 ? "" : ", line " + e.getLineNumber();
      throw new DefinitionException("%s%s: %s".formatted(file, line, e.getMessage()), e);
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new DefinitionException(
          "%s: no usable XML Schema: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Source[] types(Path file)
      throws ParserConfigurationException, IOException, SAXException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(new DefaultHandler());
    Document document = builder.parse(file.toFile());
    NodeList schemas =
        document.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "schema");
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < schemas.getLength(); i++) {
      sources.add(new DOMSource(schemas.item(i), file.toUri().toString()));
    }
    if (sources.isEmpty()) {
      throw new DefinitionException(file + ": holds no XML Schema");
    }
    return sources.toArray(Source[]::new);
  }

  /** A layout of fixed widths from YAML. */
  public static FixedWidthLayout fixedWidths(Path file) {
    return YamlFiles.read(file, FixedWidthLayout.class);
  }

  /** A column layout from YAML. */
  public static ColumnLayout columns(Path file) {
    return YamlFiles.read(file, ColumnLayout.class);
  }
}
