package io.tickethub.connector.proof;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An access token that a token server signed for the sender (RFC 6750; a JWT as of RFC 9068), such
 * as OAuth2's client credentials give. Thread-safe.
 */
public final class BearerToken implements SenderProof {

  private static final String HEADER = "Authorization";
  private static final String SCHEME = "Bearer ";

  /** Signatures that only the holder of a private key can make. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final Form form;
  private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();

  /**
   * What a token has to say.
   *
   * @param issuer its {@code iss}
   * @param audience one of its {@code aud}
   * @param scopes all have to be in its {@code scope} or {@code scp}; empty for none
   * @param subject its {@code sub}; null for any
   */
  public record Form(String issuer, String audience, Set<String> scopes, String subject) {

    public Form {
      scopes = Set.copyOf(scopes);
      if (scopes.isEmpty() && subject == null) {
        throw new IllegalArgumentException("a token of any client of the issuer would do");
      }
    }
  }

  /** {@code keys} are those of the token server. */
  public BearerToken(Form form, TokenKeys keys) {
    this(form, keys.source());
  }

  BearerToken(Form form, JWKSource<SecurityContext> keys) {
    this.form = form;
    signatures.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            null));
    signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    signatures.setJWTClaimsSetVerifier(null);
  }

  /** What a token has to say. */
  public Form form() {
    return form;
  }

  @Override
  public String key() {
    return "bearer-token";
  }

  @Override
  public Set<String> headers() {
    return Set.of(HEADER);
  }

  @Override
  public Set<String> secretHeaders() {
    return Set.of(HEADER);
  }

  @Override
  public Optional<Refusal> check(Evidence evidence, Clock clock) {
    String shown = evidence.headers().get(HEADER);
    if (shown == null || !shown.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.of(
          Refusal.unauthenticated("needs the header Authorization: Bearer TOKEN", "Bearer"));
    }
    try {
      JWT token = parsed(shown.substring(SCHEME.length()).strip());
      JWTClaimsSet claims = signatures.process(token, null);
      claims(clock).verify(claims, null);
      return hasScopes(claims) ? Optional.empty() : Optional.of(insufficient());
    } catch (KeySourceException e) {
      throw new ProofUnavailableException("the token server's keys are not there", e);
    } catch (BadJWTException e) {
      return invalid(e.getMessage());
    } catch (BadJOSEException | JOSEException e) {
      return invalid("its signature is not one of the issuer");
    } catch (ParseException e) {
      return invalid("it is no JWT");
    }
  }

  /** The library stumbles over some of what is no token. */
  private static JWT parsed(String text) throws ParseException {
    try {
      return JWTParser.parse(text);
    } catch (RuntimeException e) {
      ParseException none = new ParseException(e.getMessage(), 0);
      none.initCause(e);
      throw none;
    }
  }

  private DefaultJWTClaimsVerifier<SecurityContext> claims(Clock clock) {
    JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder().issuer(form.issuer());
    if (form.subject() != null) {
      exact.subject(form.subject());
    }
    return new DefaultJWTClaimsVerifier<>(form.audience(), exact.build(), Set.of("exp")) {
      @Override
      protected Date currentTime() {
        return Date.from(clock.instant());
      }
    };
  }

  private boolean hasScopes(JWTClaimsSet claims) {
    Set<String> scopes = new HashSet<>();
    for (String claim : List.of("scope", "scp")) {
      if (claims.getClaim(claim) instanceof String text) {
        scopes.addAll(Arrays.asList(text.split(" ")));
      } else if (claims.getClaim(claim) instanceof List<?> texts) {
        texts.forEach(text -> scopes.add(String.valueOf(text)));
      }
    }
    return scopes.containsAll(form.scopes());
  }

  private Refusal insufficient() {
    String scopes = String.join(" ", form.scopes().stream().sorted().toList());
    return Refusal.forbidden(
        "the token lacks the scope " + scopes,
        "Bearer error=\"insufficient_scope\", scope=\"%s\"".formatted(scopes));
  }

  private static Optional<Refusal> invalid(String cause) {
    return Optional.of(
        Refusal.unauthenticated(
            "the token is not valid here: " + cause, "Bearer error=\"invalid_token\""));
  }
}
