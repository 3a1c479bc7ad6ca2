package io.tickethub.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small OpenID Connect provider: discovery, login page, code for token with client secret and
 * PKCE, keys, logout. Whoever it is asked for by {@code user} is in, if it is one of its people.
 */
public final class IdentityServer implements AutoCloseable {

  public static final String CLIENT = "ticket-hub";
  public static final String SECRET = "client-secret-of-the-test";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String host;
  private final Map<String, List<String>> people = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final RSAKey key;
  private volatile RSAKey signing;

  /** {@code host}: a name of this machine, by which it calls itself. */
  public IdentityServer(String host) throws IOException, JOSEException {
    this.host = host;
    this.key = new RSAKeyGenerator(2048).keyID("one").generate();
    this.signing = key;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/.well-known/openid-configuration", http -> json(http, discovery()));
    server.createContext("/keys", http -> json(http, new JWKSet(key).toString()));
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.createContext("/logout", this::logout);
    server.start();
  }

  public String issuer() {
    return "http://%s:%d".formatted(host, server.getAddress().getPort());
  }

  /** From now on knows somebody. */
  public void knows(String name, String... roles) {
    people.put(name, List.of(roles));
  }

  /** From now on signs with a key that it does not publish. */
  public void signsFalsely() throws JOSEException {
    signing = new RSAKeyGenerator(2048).keyID("one").generate();
  }

  public void signsTruly() {
    signing = key;
  }

  private String discovery() {
    return """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
         "jwks_uri": "%1$s/keys", "end_session_endpoint": "%1$s/logout", "response_types_supported": ["code"],
         "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}
        """
        .formatted(issuer());
  }

  /** Without {@code user} a page that asks for it. */
  private void authorize(HttpExchange http) throws IOException {
    Map<String, String> asked = parameters(http.getRequestURI().getRawQuery());
    String user = asked.get("user");
    if (user == null) {
      StringBuilder page = new StringBuilder("<!doctype html><title>Login</title><form>");
      asked.forEach(
          (name, value) ->
              page.append("<input type=hidden name='%s' value='%s'>".formatted(name, value)));
      answer(http, 200, "text/html", page + "<input name=user><button>in</button></form>");
      return;
    }
    if (!people.containsKey(user) || !CLIENT.equals(asked.get("client_id"))) {
      answer(http, 403, "text/plain", "nobody");
      return;
    }
    String code = UUID.randomUUID().toString();
    codes.put(code, asked);
    redirect(
        http,
        "%s?code=%s&state=%s"
            .formatted(asked.get("redirect_uri"), code, encode(asked.get("state"))));
  }

  private void token(HttpExchange http) throws IOException {
    Map<String, String> given = parameters(new String(http.getRequestBody().readAllBytes(), UTF_8));
    Map<String, String> asked = codes.remove(given.getOrDefault("code", ""));
    String basic =
        "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
    if (asked == null
        || !basic.equals(http.getRequestHeaders().getFirst("Authorization"))
        || !asked.get("redirect_uri").equals(given.get("redirect_uri"))
        || !"S256".equals(asked.get("code_challenge_method"))
        || !asked.get("code_challenge").equals(challenge(given.get("code_verifier")))) {
      answer(http, 400, "application/json", "{\"error\": \"invalid_grant\"}");
      return;
    }
    json(
        http,
        """
        {"access_token": "%s", "token_type": "Bearer", "expires_in": 300, "id_token": "%s"}
        """
            .formatted(UUID.randomUUID(), idToken(asked)));
  }

  private String idToken(Map<String, String> asked) throws IOException {
    String user = asked.get("user");
    Instant now = Instant.now();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .subject("subject-of-" + user)
            .audience(CLIENT)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(300)))
            .claim("nonce", asked.get("nonce"))
            .claim("preferred_username", user)
            .claim("realm_access", Map.of("roles", people.get(user)))
            .build();
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims);
      token.sign(new RSASSASigner(signing));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private void logout(HttpExchange http) throws IOException {
    redirect(http, parameters(http.getRequestURI().getRawQuery()).get("post_logout_redirect_uri"));
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(String.valueOf(verifier).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : query == null ? new String[0] : query.split("&")) {
      String[] sides = part.split("=", 2);
      parameters.put(
          URLDecoder.decode(sides[0], UTF_8),
          sides.length == 1 ? "" : URLDecoder.decode(sides[1], UTF_8));
    }
    return parameters;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static void redirect(HttpExchange http, String to) throws IOException {
    http.getResponseHeaders().set("Location", to);
    answer(http, 302, "text/plain", "");
  }

  private static void json(HttpExchange http, String body) throws IOException {
    answer(http, 200, "application/json", body);
  }

  private static void answer(HttpExchange http, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    http.getResponseHeaders().set("Content-Type", type);
    http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    http.getResponseBody().write(bytes);
    http.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
