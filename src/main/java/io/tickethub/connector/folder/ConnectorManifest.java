package io.tickethub.connector.folder;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.mapping.TextCodec.Unmappable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.util.unit.DataSize;

/**
 * The content of a {@code connector.yaml}.
 *
 * @param name equal to the folder's name; also the name of the system in rules and references
 * @param titles by language: {@code en} and {@code zh}
 * @param owner who looks after it
 * @param settings what an operator gives it in {@code hub.yaml}; routes use them as {@code
 *     {{name}}}
 * @param zone of dates without one; Asia/Shanghai if null
 * @param codes the file of the code tables; none if null
 * @param tls what it shows and trusts by TLS; the trust of the Java that runs the hub if null
 * @param jmsBroker where its {@code jms:} endpoints lead; to the hub's broker if null
 * @param delivery how the system is to be treated; sane defaults if null
 * @param retention how long what came from it is kept; as the operator says if null
 * @param inbound channels from the system, by name
 * @param outbound channels to the system, by name
 * @param reconcile how what the system believes of tickets is compared; null if it is not
 * @param exports files of what happened, by name, which the system gets by the clock
 */
public record ConnectorManifest(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) Map<String, String> titles,
    @JsonProperty(required = true) Owner owner,
    Map<String, Setting> settings,
    String zone,
    String codes,
    Tls tls,
    @JsonProperty("jms-broker") JmsBroker jmsBroker,
    Delivery delivery,
    Retention retention,
    Map<String, Inbound> inbound,
    Map<String, Outbound> outbound,
    Reconcile reconcile,
    Map<String, Export> exports) {

  public ConnectorManifest {
    settings = settings == null ? Map.of() : settings;
    zone = zone == null ? "Asia/Shanghai" : zone;
    delivery = delivery == null ? Delivery.DEFAULT : delivery;
    inbound = inbound == null ? Map.of() : inbound;
    outbound = outbound == null ? Map.of() : outbound;
    exports = exports == null ? Map.of() : exports;
  }

  /**
   * How long what came from a system is kept.
   *
   * @param bodies its messages byte for byte; whole days
   */
  public record Retention(@JsonProperty(required = true) Duration bodies) {

    public Retention {
      if (bodies.toDays() < 1 || !bodies.equals(Duration.ofDays(bodies.toDays()))) {
        throw new IllegalArgumentException("bodies are kept for whole days, 1d at least");
      }
    }
  }

  /** Who looks after a connector. */
  public record Owner(
      @JsonProperty(required = true) String team, @JsonProperty(required = true) String contact) {}

  /**
   * One setting.
   *
   * @param defaultValue used if the operator gives none; without it the setting is required
   */
  public record Setting(
      @JsonProperty(required = true) Type type,
      @JsonProperty(required = true) String description,
      @JsonProperty("default") String defaultValue) {

    /**
     * What a value must look like. A secret is given by reference only: {@code env:NAME} or {@code
     * file:PATH}.
     */
    public enum Type {
      TEXT,
      NUMBER,
      URL,
      DURATION,
      /** Of a certificate, such as {@code CN=hotline, O=Partner, C=CN} (RFC 2253). */
      @JsonProperty("distinguished-name")
      DISTINGUISHED_NAME,
      SECRET;

      /** As manifests write it. */
      public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
  }

  /**
   * What a connector shows and trusts by TLS. Files are PKCS#12, or JKS if so named; values are
   * settings, as {@code {{name}}}, passwords those of type secret.
   *
   * @param certificate the file of the client's certificate and key; null for none
   * @param trust the file of the certificates it trusts; null for those of the Java that runs the
   *     hub
   */
  public record Tls(
      String certificate,
      @JsonProperty("certificate-password") String certificatePassword,
      String trust,
      @JsonProperty("trust-password") String trustPassword) {

    public Tls {
      if ((certificate == null) != (certificatePassword == null)
          || (trust == null) != (trustPassword == null)) {
        throw new IllegalArgumentException("a file and its password go together");
      }
    }
  }

  /**
   * The broker of a connector's system, if it is not the hub's.
   *
   * @param connectionFactory the class of a {@code jakarta.jms.ConnectionFactory}, which may be in
   *     {@code lib}
   * @param properties of the connection factory; values may hold settings, as {@code {{name}}}
   * @param user null if it does not log in
   * @param password a setting of type secret, as {@code {{name}}}
   */
  public record JmsBroker(
      @JsonProperty(value = "connection-factory", required = true) String connectionFactory,
      Map<String, String> properties,
      String user,
      String password) {

    public JmsBroker {
      properties = properties == null ? Map.of() : Map.copyOf(properties);
      if ((user == null) != (password == null)) {
        throw new IllegalArgumentException("user and password go together");
      }
    }
  }

  /**
   * How the system is to be treated.
   *
   * @param concurrency the most deliveries under way at once
   * @param perSecond the most deliveries a second
   * @param firstRetry the wait after the first failure; it doubles with each
   * @param longestRetry the most it grows to
   * @param attempts how often a delivery is tried while the system is otherwise up
   * @param giveUpAfter how long a delivery is tried at all
   * @param breakerOpen how long nothing is sent once most deliveries fail
   * @param answerWithin how long the answer to an HTTP request is waited for
   * @param quietHours when nothing is told it; null if it may be told at any time
   */
  public record Delivery(
      Integer concurrency,
      @JsonProperty("per-second") Integer perSecond,
      @JsonProperty("first-retry") Duration firstRetry,
      @JsonProperty("longest-retry") Duration longestRetry,
      Integer attempts,
      @JsonProperty("give-up-after") Duration giveUpAfter,
      @JsonProperty("breaker-open") Duration breakerOpen,
      @JsonProperty("answer-within") Duration answerWithin,
      @JsonProperty("quiet-hours") Quiet quietHours) {

    static final Delivery DEFAULT =
        new Delivery(null, null, null, null, null, null, null, null, null);
  }

  /**
   * When what has to be told waits. Times are {@code HH:mm} and may be settings as {@code
   * {{name}}}.
   *
   * @param unless a JSONata expression over the mapping's input for what is told all the same
   */
  public record Quiet(
      @JsonProperty(required = true) String from,
      @JsonProperty(required = true) String to,
      String unless) {}

  /** The syntaxes a channel can have. */
  public enum Syntax {
    JSON("application/json"),
    XML("application/xml"),
    /** SOAP 1.1. */
    SOAP("text/xml"),
    /** SOAP 1.2. */
    SOAP12("application/soap+xml"),
    DELIMITED("text/csv"),
    @JsonProperty("fixed-width")
    FIXED_WIDTH("text/plain"),
    @JsonProperty("json-lines")
    JSON_LINES("application/x-ndjson"),
    @JsonProperty("xml-records")
    XML_RECORDS("application/xml"),
    @JsonProperty("json-records")
    JSON_RECORDS("application/json"),
    /** That of a {@link io.tickethub.mapping.MessageFormat} in {@code lib}, whatever its name. */
    LIBRARY("text/plain");

    private final String mediaType;

    Syntax(String mediaType) {
      this.mediaType = mediaType;
    }

    /** Whether the records of a document are found by a path. */
    boolean hasRecordsAt() {
      return this == XML_RECORDS || this == JSON_RECORDS;
    }

    /** As in a Content-Type. */
    public String mediaType() {
      return mediaType;
    }

    /** As manifests write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those that are the hub's own. */
    public static List<Syntax> own() {
      return Arrays.stream(values()).filter(syntax -> syntax != LIBRARY).toList();
    }

    /** The hub's own of this name. */
    static Optional<Syntax> named(String text) {
      return own().stream().filter(syntax -> syntax.text().equalsIgnoreCase(text)).findFirst();
    }
  }

  /**
   * A flow of messages from the system.
   *
   * @param route made from a template; null if a file in {@code routes} serves the channel
   * @param formatName what it is called in the manifest; see {@link #format}
   * @param charset UTF-8 if null
   * @param schema a JSON Schema, an XML Schema, a WSDL or a column layout; required for {@code
   *     delimited} and {@code fixed-width}
   * @param poll how the hub asks for news; null where the system sends
   * @param records the path of the repeated element, such as {@code Faults/Fault}, or of the list
   *     of records, such as {@code data/tickets}, for {@code xml-records} and {@code json-records}
   * @param messageId a JSONata expression over the parsed message; without it the digest of the
   *     bytes is the id
   * @param headers names of headers the mapping may see as {@code $message.headers}; no other
   *     header comes in
   * @param signature how the sender proves who it is; null for protocols that log in
   * @param apiKey a secret the sender shows in a header; null for none
   * @param clientCertificate the certificate the sender shows by TLS; null for any or none
   * @param bearerToken the access token the sender shows; null for none
   * @param reply where the sender may ask its answer to be sent; null for nowhere
   * @param receipt a mapping of the receipt's body; for HTTP JSON there is a usual one
   * @param rejection a mapping of the body that says a message was refused; problem+json and SOAP
   *     faults are usual
   * @param expectedEvery how often something comes at least; null if nothing is expected
   */
  public record Inbound(
      Route route,
      Poll poll,
      @JsonProperty(value = "format", required = true) SyntaxName formatName,
      String charset,
      String schema,
      String records,
      @JsonProperty(required = true) String mapping,
      @JsonProperty("message-id") String messageId,
      @JsonProperty("same-id-other-bytes") Policy sameIdOtherBytes,
      Set<String> headers,
      Limits limits,
      Signature signature,
      @JsonProperty("api-key") ApiKey apiKey,
      @JsonProperty("client-certificate") ClientCertificate clientCertificate,
      @JsonProperty("bearer-token") BearerToken bearerToken,
      Reply reply,
      String receipt,
      String rejection,
      @JsonProperty("expected-every") Duration expectedEvery) {

    public Inbound {
      charset = charset == null ? "UTF-8" : charset;
      sameIdOtherBytes = sameIdOtherBytes == null ? Policy.CONFLICT : sameIdOtherBytes;
      headers = headers == null ? Set.of() : headers;
      limits = limits == null ? Limits.DEFAULT : limits;
    }

    /** The syntax its name stands for. */
    public Syntax format() {
      return formatName.syntax();
    }

    /** {@link SameIdOtherBytes} as manifests write it. */
    public enum Policy {
      @JsonProperty("new-version")
      NEW_VERSION(SameIdOtherBytes.NEW_VERSION),
      CONFLICT(SameIdOtherBytes.CONFLICT),
      REJECT(SameIdOtherBytes.REJECT);

      private final SameIdOtherBytes meaning;

      Policy(SameIdOtherBytes meaning) {
        this.meaning = meaning;
      }

      public SameIdOtherBytes meaning() {
        return meaning;
      }
    }
  }

  /**
   * How the hub asks the system for news, page by page. The cursor moves only when everything of
   * the page that names it is safe.
   *
   * @param parameter of the query that carries the cursor; null where everything is fetched each
   *     time
   * @param cursor a JSONata expression over a whole page for the cursor of the next; goes with
   *     {@code parameter}
   * @param start the cursor of the first page; without it the first is asked for without one
   * @param more a JSONata expression over a whole page: whether the next is fetched at once.
   *     Without it, whenever the cursor moved
   * @param pages the most pages at once
   * @param apiKey a secret the hub shows in a header; null for none
   */
  public record Poll(
      String parameter,
      String cursor,
      String start,
      String more,
      Integer pages,
      @JsonProperty("api-key") ApiKey apiKey) {

    public Poll {
      pages = pages == null ? 100 : pages;
      if ((parameter == null) != (cursor == null)) {
        throw new IllegalArgumentException("'parameter' and 'cursor' go together");
      }
      if (cursor == null && (start != null || more != null)) {
        throw new IllegalArgumentException("'start' and 'more' need 'cursor'");
      }
      if (pages < 1) {
        throw new IllegalArgumentException("'pages' is at least 1");
      }
    }
  }

  /**
   * How much a channel takes.
   *
   * @param size of one message, or of one file
   * @param depth how deep elements or objects may nest
   * @param perSecond messages a second
   */
  public record Limits(
      DataSize size, Integer depth, @JsonProperty("per-second") Integer perSecond) {

    static final Limits DEFAULT = new Limits(null, null, null);

    public Limits {
      size = size == null ? DataSize.ofMegabytes(1) : size;
      depth = depth == null ? 64 : depth;
      perSecond = perSecond == null ? 5_000 : perSecond;
    }
  }

  /**
   * HMAC-SHA256 over timestamp, id and raw body, each followed by a line feed but the body.
   *
   * @param secret the name of a setting of type secret
   * @param header carries the signature, in hexadecimal
   * @param timestamp the header that carries the time, in seconds since 1970
   * @param id the header that carries the message's id
   * @param window how far the timestamp may be from the hub's clock
   */
  public record Signature(
      @JsonProperty(required = true) String secret,
      @JsonProperty(required = true) String header,
      @JsonProperty(required = true) String timestamp,
      @JsonProperty(required = true) String id,
      Duration window) {

    public Signature {
      window = window == null ? Duration.ofMinutes(5) : window;
    }
  }

  /**
   * A secret in a header.
   *
   * @param secret the name of a setting of type secret
   * @param header carries it; {@code X-Api-Key} if null
   */
  public record ApiKey(@JsonProperty(required = true) String secret, String header) {

    public ApiKey {
      header = header == null ? "X-Api-Key" : header;
    }
  }

  /**
   * A certificate, known by its names; of two, both have to be in it. Values may hold settings, as
   * {@code {{name}}}.
   *
   * @param subject its distinguished name; null for any
   * @param alternativeName one of its subject alternative names, as {@code dns:NAME}, {@code
   *     uri:URI} or {@code email:ADDRESS}; null for any
   */
  public record ClientCertificate(
      String subject, @JsonProperty("alternative-name") String alternativeName) {

    public ClientCertificate {
      if (subject == null && alternativeName == null) {
        throw new IllegalArgumentException("'subject' or 'alternative-name' is needed");
      }
    }
  }

  /**
   * An access token, a JWT in {@code Authorization: Bearer}. Values may hold settings, as {@code
   * {{name}}}.
   *
   * @param issuer its {@code iss}
   * @param keys the URL of the token server's public keys, a JWK set
   * @param audience one of its {@code aud}
   * @param scope the scopes it has to have, divided by blanks; null for none
   * @param subject its {@code sub}; null for any that has the scope
   */
  public record BearerToken(
      @JsonProperty(required = true) String issuer,
      @JsonProperty(required = true) String keys,
      @JsonProperty(required = true) String audience,
      String scope,
      String subject) {

    public BearerToken {
      if (scope == null && subject == null) {
        throw new IllegalArgumentException(
            "'subject' or 'scope' is needed: else every client of the issuer is this system");
      }
    }
  }

  /**
   * Where a sender asks its answer to be sent.
   *
   * @param to the header that names the place
   * @param correlation the header whose value the answer repeats
   * @param allowed the places it may name; a trailing {@code *} stands for any ending
   */
  public record Reply(
      @JsonProperty(required = true) String to,
      @JsonProperty(required = true) String correlation,
      @JsonProperty(required = true) List<String> allowed) {}

  /**
   * A flow of deliveries to the system.
   *
   * @param tells codes of what goes this way; see {@code routes/participants.yaml}
   * @param route made from a template; null if a file in {@code routes} serves the channel
   * @param charset UTF-8 if null
   * @param unmappable what to do with characters the charset lacks; reject if null
   * @param records the path of the repeated element or of the list, for {@code xml-records} and
   *     {@code json-records}
   * @param headers name → JSONata expression over the same input as the mapping's
   * @param signature how the hub proves who it is; null for protocols that log in
   * @param apiKey a secret the hub shows in a header; null for none
   * @param answer what comes back; null if nothing that matters does
   * @param idempotency what keeps a repetition from taking effect twice
   * @param ask the question whether the system has a delivery already, for {@code ask}
   */
  public record Outbound(
      @JsonProperty(required = true) Set<String> tells,
      Route route,
      @JsonProperty(value = "format", required = true) SyntaxName formatName,
      String charset,
      Unmappable unmappable,
      String schema,
      String records,
      @JsonProperty(required = true) String mapping,
      Map<String, String> headers,
      Signature signature,
      @JsonProperty("api-key") ApiKey apiKey,
      Answer answer,
      @JsonProperty(required = true) Idempotency idempotency,
      Ask ask) {

    public Outbound {
      charset = charset == null ? "UTF-8" : charset;
      unmappable = unmappable == null ? Unmappable.REJECT : unmappable;
      headers = headers == null ? Map.of() : headers;
    }

    /** The syntax its name stands for. */
    public Syntax format() {
      return formatName.syntax();
    }
  }

  /** What keeps a repeated delivery from taking effect twice. */
  public enum Idempotency {
    /** The system knows the key and ignores a second copy. */
    KEY,
    /** The system can be asked whether it has it. */
    ASK,
    /** Nothing: a repetition takes effect again. */
    NONE
  }

  /**
   * An answer; {@code formatName} and {@code charset} are the channel's if null, a {@code schema}
   * is optional.
   */
  public record Answer(
      @JsonProperty("format") SyntaxName formatName,
      String charset,
      String schema,
      @JsonProperty(required = true) String mapping) {}

  /** The question "do you have this?"; its answer's mapping gives {@code known}. */
  public record Ask(
      @JsonProperty(required = true) String mapping,
      @JsonProperty(required = true) Answer answer) {}
}
