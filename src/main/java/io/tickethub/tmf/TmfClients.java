package io.tickethub.tmf;

import com.nimbusds.jwt.JWTParser;
import io.tickethub.connector.proof.BearerToken;
import io.tickethub.connector.proof.Evidence;
import io.tickethub.connector.proof.TokenKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.boot.ssl.SslBundle;

/** The clients of the configuration, known by their token. Thread-safe. */
final class TmfClients {

  private static final int SHORTEST_TOKEN = 16;

  private final List<ByToken> byToken = new ArrayList<>();
  private final List<ByJwt> byJwt = new ArrayList<>();
  private final Clock clock;

  private record ByToken(TmfClient client, byte[] token) {}

  private record ByJwt(
      TmfClient client, TmfProperties.Jwt form, Map<TmfScope, BearerToken> proofs) {}

  /** {@code environment} gives the value of an environment variable, or null. */
  TmfClients(TmfProperties properties, UnaryOperator<String> environment, Clock clock) {
    this.clock = clock;
    properties
        .clients()
        .forEach(
            (name, form) -> {
              TmfClient client = TmfClient.of(name, form);
              if ((form.token() == null) == (form.jwt() == null)) {
                throw new IllegalArgumentException(
                    "hub.tmf.clients.%s: give either token or jwt".formatted(name));
              }
              if (form.token() != null) {
                byToken.add(new ByToken(client, secret(name, form.token(), environment)));
              } else {
                byJwt.add(new ByJwt(client, form.jwt(), proofs(name, form.jwt())));
              }
            });
  }

  private static byte[] secret(String name, String reference, UnaryOperator<String> environment) {
    String secret = null;
    if (reference.startsWith("env:")) {
      secret = environment.apply(reference.substring("env:".length()));
    } else if (reference.startsWith("file:")) {
      try {
        secret = Files.readString(Path.of(reference.substring("file:".length()))).strip();
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "hub.tmf.clients.%s.token: its file cannot be read: %s".formatted(name, e.getMessage()),
            e);
      }
    } else {
      throw new IllegalArgumentException(
          "hub.tmf.clients.%s.token is a secret: write env:NAME or file:PATH, never the secret itself"
              .formatted(name));
    }
    if (secret == null || secret.length() < SHORTEST_TOKEN) {
      throw new IllegalArgumentException(
          "hub.tmf.clients.%s.token: there is none of at least %d characters at its place"
              .formatted(name, SHORTEST_TOKEN));
    }
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<TmfScope, BearerToken> proofs(String name, TmfProperties.Jwt form) {
    if (form.issuer() == null
        || form.audience() == null
        || form.subject() == null
        || form.keys() == null) {
      throw new IllegalArgumentException(
          "hub.tmf.clients.%s.jwt: give issuer, audience, subject and keys".formatted(name));
    }
    TokenKeys keys =
        new TokenKeys(
            "tmf621 client " + name,
            URI.create(form.keys()),
            () -> SslBundle.systemDefault().createSslContext());
    Map<TmfScope, BearerToken> proofs = new EnumMap<>(TmfScope.class);
    for (TmfScope scope : TmfScope.values()) {
      BearerToken.Form wanted =
          new BearerToken.Form(
              form.issuer(), form.audience(), Set.of(scope.inTokens()), form.subject());
      proofs.put(scope, new BearerToken(wanted, keys));
    }
    return proofs;
  }

  /** The client of a name, with all its scopes. */
  Optional<TmfClient> named(String name) {
    return Stream.concat(byToken.stream().map(ByToken::client), byJwt.stream().map(ByJwt::client))
        .filter(client -> client.name().equals(name))
        .findFirst();
  }

  boolean isEmpty() {
    return byToken.isEmpty() && byJwt.isEmpty();
  }

  /**
   * Whose token it is; empty if nobody's.
   *
   * @throws io.tickethub.connector.proof.ProofUnavailableException if that cannot be told now
   */
  Optional<TmfClient> find(String token) {
    byte[] shown = token.getBytes(StandardCharsets.UTF_8);
    TmfClient found = null;
    for (ByToken known : byToken) {
      if (MessageDigest.isEqual(known.token(), shown)) {
        found = known.client();
      }
    }
    return found == null ? signed(token) : Optional.of(found);
  }

  private Optional<TmfClient> signed(String token) {
    Optional<Claims> claims = claims(token);
    for (ByJwt known : byJwt) {
      boolean named =
          claims.isPresent()
              && known.form().issuer().equals(claims.get().issuer())
              && known.form().subject().equals(claims.get().subject());
      if (named) {
        Set<TmfScope> granted = granted(known, token);
        if (!granted.isEmpty()) {
          return Optional.of(known.client().within(granted));
        }
      }
    }
    return Optional.empty();
  }

  private Set<TmfScope> granted(ByJwt known, String token) {
    Evidence evidence = new Evidence(Map.of("Authorization", "Bearer " + token), new byte[0], null);
    Set<TmfScope> granted = EnumSet.noneOf(TmfScope.class);
    known
        .proofs()
        .forEach(
            (scope, proof) -> {
              if (proof.check(evidence, clock).isEmpty()) {
                granted.add(scope);
              }
            });
    return granted;
  }

  /** What a token says of itself, before anybody looked at its signature. */
  private record Claims(String issuer, String subject) {}

  private static Optional<Claims> claims(String token) {
    try {
      var claims = JWTParser.parse(token).getJWTClaimsSet();
      return claims == null || Objects.isNull(claims.getIssuer())
          ? Optional.empty()
          : Optional.of(new Claims(claims.getIssuer(), String.valueOf(claims.getSubject())));
    } catch (ParseException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
