package io.tickethub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import io.tickethub.cli.HubCommand;
import io.tickethub.harness.ManifestConnector;
import io.tickethub.harness.PemFiles;
import io.tickethub.harness.TemplateWorld;
import io.tickethub.kit.contract.server.CertificateAuthority;
import io.tickethub.kit.contract.server.TlsIdentity;
import io.tickethub.kit.contract.server.TokenServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A hub that serves TLS from PEM files, and systems known by their certificate and their token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListenTlsIT {

  private static final String SUBJECT = "CN=Hotline, O=Partner, C=CN";
  private static final String ISSUER = "https://sso.test";
  private static final String MAPPING =
      """
      {"type": "open", "ticket": {"id": No},
       "content": {"kind": "fault", "productClass": "general", "title": "no tone",
                   "attributes": {"productName": "telephone"}}}
      """;

  private final TokenServer tokens = new TokenServer();
  private final TokenServer sleepyTokens = new TokenServer();
  private Path directory;
  private TlsIdentity shown;
  private TlsIdentity sender;
  private TemplateWorld world;
  private URI hub;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    shown = TlsIdentity.make(directory.resolve("hub.p12"));
    CertificateAuthority authority = new CertificateAuthority(directory);
    sender = authority.issue("hotline", SUBJECT, null);
    world = new TemplateWorld(directory);
    add("partner", "client-certificate: {subject: \"C=CN,O=partner,CN=hotline\"}");
    add("hotline", "client-certificate: {subject: \"%s\"}".formatted(SUBJECT));
    add("client", bearerToken(tokens));
    add("sleepy", bearerToken(sleepyTokens));
    PemFiles own = PemFiles.of(shown, directory, "hub");
    PemFiles trust = PemFiles.of(authority.trust(), directory, "trust");
    world.start(
        "--hub.listen.tls.certificate=" + own.certificate(),
        "--hub.listen.tls.key=" + own.key(),
        "--hub.listen.tls.trust=" + trust.certificate(),
        "--spring.ssl.bundle.watch.file.quiet-period=200ms");
    hub = URI.create(Files.readString(world.hub().data().resolve("endpoint")).strip());
  }

  private static String bearerToken(TokenServer server) {
    return "bearer-token: {issuer: %s, keys: \"%s\", audience: hub, scope: report}\n    headers: [authorization, X-Trace]"
        .formatted(ISSUER, server.keys());
  }

  private void add(String name, String proof) throws IOException {
    world.add(
        ManifestConnector.named(
                name,
                """
                inbound:
                  news:
                    route: {template: http-json-in}
                    format: json
                    mapping: mapping/news.jsonata
                    %s
                """
                    .formatted(proof))
            .with("mapping/news.jsonata", MAPPING));
  }

  @AfterAll
  void stop() {
    world.close();
    tokens.close();
    sleepyTokens.close();
  }

  @Test
  void aSystemIsKnownByTheSubjectOfItsCertificate() throws Exception {
    HttpResponse<String> none = post("hotline", "C-1", shown.trusted(), null);
    HttpResponse<String> anothers = post("partner", "C-1", shown.trustedBy(sender), null);

    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(none.body()).contains("needs a client certificate", "\"title\":\"unauthenticated\"");
    assertThat(anothers.statusCode()).isEqualTo(401);
    assertThat(anothers.body()).contains("another subject");
    assertThat(post("hotline", "C-2", shown.trustedBy(sender), null).statusCode()).isEqualTo(202);
    world.number("C-2");
  }

  @Test
  void nobodyComesInWithACertificateOfAnAuthorityThatOnlyHasTheName() throws IOException {
    TlsIdentity forged =
        new CertificateAuthority(Files.createDirectory(directory.resolve("forger")))
            .issue("hotline", SUBJECT, null);

    assertThatThrownBy(() -> post("hotline", "C-3", shown.trustedBy(forged), null))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aSystemIsKnownByItsTokenWhichNobodySeesLater() throws Exception {
    String token = signed(tokens, claims -> claims);

    assertThat(post("client", "T-1", token).statusCode()).isEqualTo(202);
    world.number("T-1");

    assertThat(world.keptHeaders("client")).containsExactly(Map.of("X-Trace", "t-1"));
  }

  @Test
  void whoseTokenWillNotDoIsToldWhatWould() throws Exception {
    HttpResponse<String> none = post("client", "T-2", (String) null);
    HttpResponse<String> anothers =
        post("client", "T-2", signed(tokens, claims -> claims.audience("other")));
    HttpResponse<String> withoutScope =
        post("client", "T-2", signed(tokens, claims -> claims.claim("scope", "read")));

    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(anothers.statusCode()).isEqualTo(401);
    assertThat(anothers.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"invalid_token\"");
    assertThat(withoutScope.statusCode()).isEqualTo(403);
    assertThat(withoutScope.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"insufficient_scope\", scope=\"report\"");
    assertThat(withoutScope.body()).contains("\"title\":\"forbidden\"");
  }

  @Test
  void whileTheTokenServerIsDownSendersAreToldToComeAgain() throws Exception {
    String token = signed(sleepyTokens, claims -> claims);
    sleepyTokens.down();

    HttpResponse<String> answer = post("sleepy", "T-3", token);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    sleepyTokens.up();
    assertThat(post("sleepy", "T-3", token).statusCode()).isEqualTo(202);
  }

  @Test
  void aRenewedCertificateIsTakenUpAndTheCommandLineKnowsIt() throws Exception {
    assertThat(commandLine("connector", "list")).contains("hotline");
    TlsIdentity renewed = TlsIdentity.make(directory.resolve("renewed.p12"));

    PemFiles.of(renewed, directory, "hub");

    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> post("hotline", "C-4", renewed.trustedBy(sender), null).statusCode() == 202);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> commandLine("connector", "list").contains("hotline"));
    } finally {
      shown = renewed;
    }
  }

  private String commandLine(String... words) {
    StringWriter out = new StringWriter();
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--data";
    all[words.length + 1] = world.hub().data().toString();
    HubCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).execute(all);
    return out.toString();
  }

  private String signed(TokenServer server, UnaryOperator<JWTClaimsSet.Builder> claims) {
    return server.signed(
        claims
            .apply(
                new JWTClaimsSet.Builder()
                    .issuer(ISSUER)
                    .audience("hub")
                    .claim("scope", "report")
                    .expirationTime(
                        Date.from(
                            world.hub().part(Clock.class).instant().plus(Duration.ofMinutes(5)))))
            .build());
  }

  private HttpResponse<String> post(String connector, String ticket, String token)
      throws IOException, InterruptedException {
    return post(connector, ticket, shown.trusted(), token);
  }

  private HttpResponse<String> post(
      String connector, String ticket, SSLContext context, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.resolve("/in/%s/news".formatted(connector)))
            .timeout(Duration.ofSeconds(20))
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    "{\"No\": \"%s\"}".formatted(ticket).getBytes(UTF_8)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token).header("X-Trace", "t-1");
    }
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
