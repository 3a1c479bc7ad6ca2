package io.tickethub.mapping;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.validation.Schema;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Builds the tree of an XML text and validates it in the same pass. */
final class XmlTreeBuilder extends DefaultHandler {

  private static final Pattern OFFENDING_VALUE =
      Pattern.compile("^(Value )?'.*' is not", Pattern.DOTALL);

  private static final String BODY = "Body";

  /**
   * In which language the JDK's parser and validator complain. What is told of a complaint, and
   * what is left out of it, is found by its words, whatever this machine speaks.
   */
  static final String LANGUAGE = "http://apache.org/xml/properties/locale";

  private static final class Element {
    private final String name;
    private final Map<String, Object> children = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private Element(String name) {
      this.name = name;
    }

    private Object value() {
      if (children.isEmpty()) {
        return text.toString();
      }
      if (!text.toString().isBlank()) {
        children.put("#text", text.toString());
      }
      return children;
    }
  }

  private final ValidatorHandler validator;
  private final int wrappers;
  private final int deepest;
  private final Deque<Element> open = new ArrayDeque<>();
  private final Map<String, Object> root = new LinkedHashMap<>();
  private Locator locator;
  private String envelopeNamespace;
  private boolean inBody;
  private boolean fault;

  XmlTreeBuilder(Schema schema, int wrappers, int deepest) {
    this.wrappers = wrappers;
    this.deepest = deepest;
    this.validator = schema == null ? null : schema.newValidatorHandler();
    if (validator != null) {
      validator.setErrorHandler(this);
      speakEnglish(validator);
    }
  }

  private static void speakEnglish(ValidatorHandler validator) {
    try {
      validator.setProperty(LANGUAGE, Locale.ROOT);
    } catch (SAXException e) {
      throw new IllegalStateException("the JDK's XML validator cannot be told a language", e);
    }
  }

  /**
   * Whatever this machine speaks, the JDK's messages are read in English: what is told of them, and
   * what is left out of them, is found by its words.
   */
  Map<String, Object> root() {
    return root;
  }

  @Override
  public void setDocumentLocator(Locator documentLocator) {
    this.locator = documentLocator;
    if (validator != null) {
      validator.setDocumentLocator(documentLocator);
    }
  }

  @Override
  public void startPrefixMapping(String prefix, String uri) throws SAXException {
    if (validator != null) {
      validator.startPrefixMapping(prefix, uri);
    }
  }

  @Override
  public void startElement(String uri, String localName, String name, Attributes attributes)
      throws SAXException {
    Element element = new Element(localName);
    for (int i = 0; i < attributes.getLength(); i++) {
      element.children.put("@" + attributes.getLocalName(i), attributes.getValue(i));
    }
    open.push(element);
    if (open.size() > deepest) {
      throw failure(
          Problem.of(ProblemCode.TOO_DEEP, "nested deeper than %d levels".formatted(deepest)));
    }
    if (open.size() == 1) {
      envelopeNamespace = uri;
    } else if (open.size() == wrappers) {
      inBody = localName.equals(BODY) && uri.equals(envelopeNamespace);
    } else if (open.size() == wrappers + 1) {
      fault = uri.equals(envelopeNamespace);
    }
    if (wrappers > 0 && !inBody && mustBeUnderstood(attributes)) {
      throw failure(
          Problem.of(
              ProblemCode.SCHEMA,
              path(),
              null,
              "the hub does not understand this header, and is told that it must"));
    }
    if (validates()) {
      if (open.size() == wrappers + 1) {
        validator.startDocument();
      }
      validator.startElement(uri, localName, name, attributes);
    }
  }

  private boolean mustBeUnderstood(Attributes attributes) {
    String value = attributes.getValue(envelopeNamespace, "mustUnderstand");
    return "1".equals(value) || "true".equals(value);
  }

  /** The namespace of the outermost element; null before it is read. */
  String envelopeNamespace() {
    return envelopeNamespace;
  }

  @Override
  public void characters(char[] characters, int start, int length) throws SAXException {
    open.element().text.append(characters, start, length);
    if (validates()) {
      validator.characters(characters, start, length);
    }
  }

  @Override
  public void endElement(String uri, String localName, String name) throws SAXException {
    if (validates()) {
      validator.endElement(uri, localName, name);
      if (open.size() == wrappers + 1) {
        validator.endDocument();
      }
    }
    Element element = open.pop();
    Map<String, Object> parent = open.isEmpty() ? root : open.element().children;
    parent.merge(element.name, element.value(), XmlTreeBuilder::append);
  }

  private static Object append(Object present, Object next) {
    List<Object> list = new ArrayList<>();
    if (present instanceof List<?> already) {
      list.addAll(already);
    } else {
      list.add(present);
    }
    list.add(next);
    return list;
  }

  /**
   * What lies inside the body is validated, unless it is a fault: that is the envelope's own
   * vocabulary.
   */
  private boolean validates() {
    boolean payload = open.size() > wrappers && (wrappers == 0 || inBody);
    return validator != null && payload && !fault;
  }

  @Override
  public void error(SAXParseException e) throws SAXException {
    throw failure(
        new Problem(codeOf(e.getMessage()), line(), path(), null, sentence(e.getMessage())));
  }

  @Override
  public void fatalError(SAXParseException e) throws SAXException {
    throw failure(malformed(e.getMessage()));
  }

  Problem malformed(String message) {
    boolean doctype = message != null && message.contains("DOCTYPE");
    String detail =
        doctype ? "a document type declaration is not allowed" : "not well-formed XML: " + message;
    return new Problem(ProblemCode.MALFORMED, line(), null, null, detail);
  }

  private static SAXException failure(Problem problem) {
    return new SAXException(new MappingException(problem));
  }

  private Integer line() {
    return locator == null || locator.getLineNumber() < 1 ? null : locator.getLineNumber();
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    open.descendingIterator().forEachRemaining(element -> path.append('/').append(element.name));
    return path.toString();
  }

  private static ProblemCode codeOf(String message) {
    if (message.startsWith("cvc-complex-type.2.4.b")) {
      return ProblemCode.MISSING_FIELD;
    }
    return message.startsWith("cvc-enumeration") ? ProblemCode.UNKNOWN_CODE : ProblemCode.SCHEMA;
  }

  /**
   * The sentence of the JDK's validator without the rule key ("cvc-…: ") before it, and without the
   * value, which may be personal data.
   */
  private static String sentence(String message) {
    int end = message.startsWith("cvc-") ? message.indexOf(": ") : -1;
    String text = end < 0 ? message : message.substring(end + 2);
    return OFFENDING_VALUE.matcher(text).replaceFirst("the value is not");
  }
}
