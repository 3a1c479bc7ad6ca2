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
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
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

  /** The values of children of one name. */
  private static final class Repeated extends ArrayList<Object> {
    private static final long serialVersionUID = 1L;

    private Repeated(Object first, Object second) {
      add(first);
      add(second);
    }
  }

  private final ValidatorHandler validator;
  private final List<QName> wrappers;
  private final int deepest;
  private final Deque<Element> open = new ArrayDeque<>();
  private final Map<String, Object> root = new LinkedHashMap<>();
  private Locator locator;
  private final List<Prefix> prefixes = new ArrayList<>();
  private int entered;
  private boolean fault;

  private record Prefix(String name, String uri) {}

  XmlTreeBuilder(Schema schema, List<QName> wrappers, int deepest) {
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
    prefixes.add(new Prefix(prefix, uri));
    if (validates()) {
      validator.startPrefixMapping(prefix, uri);
    }
  }

  @Override
  public void endPrefixMapping(String prefix) {
    for (int i = prefixes.size() - 1; i >= 0; i--) {
      if (prefixes.get(i).name().equals(prefix)) {
        prefixes.remove(i);
        return;
      }
    }
  }

  @Override
  public void startElement(String uri, String localName, String name, Attributes attributes)
      throws SAXException {
    Element element = new Element(localName);
    for (int i = 0; i < attributes.getLength(); i++) {
      if (!attributes.getURI(i).equals(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI)) {
        element.children.put("@" + attributes.getLocalName(i), attributes.getValue(i));
      }
    }
    open.push(element);
    if (open.size() > deepest) {
      throw failure(
          Problem.of(ProblemCode.TOO_DEEP, "nested deeper than %d levels".formatted(deepest)));
    }
    enter(uri, localName);
    if (entered < wrappers.size() && mustBeUnderstood(attributes)) {
      throw failure(
          Problem.of(
              ProblemCode.SCHEMA,
              path(),
              null,
              "the hub does not understand this header, and is told that it must"));
    }
    if (validates()) {
      if (isPayload()) {
        startValidation();
      }
      validator.startElement(uri, localName, name, attributes);
    }
  }

  private void enter(String uri, String localName) throws SAXException {
    int depth = open.size();
    if (depth == entered + 1 && entered < wrappers.size()) {
      if (wrappers.get(entered).equals(new QName(uri, localName))) {
        entered++;
      } else if (depth == 1) {
        throw failure(
            Problem.of(
                ProblemCode.MALFORMED,
                "the root element is %s instead of %s"
                    .formatted(new QName(uri, localName), wrappers.get(0))));
      }
    } else if (isPayload()) {
      fault = !wrappers.isEmpty() && uri.equals(wrappers.get(0).getNamespaceURI());
    }
  }

  /** SOAP 1.1, section 4.2.3. */
  private boolean mustBeUnderstood(Attributes attributes) {
    String value = attributes.getValue(wrappers.get(0).getNamespaceURI(), "mustUnderstand");
    return "1".equals(value) || "true".equals(value);
  }

  private void startValidation() throws SAXException {
    validator.startDocument();
    for (Prefix prefix : prefixes) {
      validator.startPrefixMapping(prefix.name(), prefix.uri());
    }
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
      if (isPayload()) {
        validator.endDocument();
      }
    }
    entered = Math.min(entered, open.size() - 1);
    Element element = open.pop();
    Map<String, Object> parent = open.isEmpty() ? root : open.element().children;
    parent.merge(element.name, element.value(), XmlTreeBuilder::append);
  }

  private static Object append(Object present, Object next) {
    if (present instanceof Repeated repeated) {
      repeated.add(next);
      return repeated;
    }
    return new Repeated(present, next);
  }

  /** The innermost open element is the outermost inside the wrappers. */
  private boolean isPayload() {
    return entered == wrappers.size() && open.size() == entered + 1;
  }

  /**
   * What lies inside the wrappers is validated, unless it is a fault: that is the envelope's own
   * vocabulary.
   */
  private boolean validates() {
    return validator != null && entered == wrappers.size() && open.size() > entered && !fault;
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
