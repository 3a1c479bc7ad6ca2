package io.tickethub.kit.contract;

import com.nimbusds.jwt.JWTClaimsSet;
import io.tickethub.connector.proof.BearerToken;
import io.tickethub.kit.contract.server.TokenServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** An access token of the suite's token server. */
final class TokenCredential implements Credential {

  private static final Duration GOOD_FOR = Duration.ofMinutes(5);

  private final BearerToken token;
  private final BearerToken.Form form;
  private final TokenServer tokens;
  private final HubHolder hub;

  TokenCredential(BearerToken token, TokenServer tokens, HubHolder hub) {
    this.token = token;
    this.form = token.form();
    this.tokens = tokens;
    this.hub = hub;
  }

  @Override
  public String key() {
    return token.key();
  }

  @Override
  public Shown of(byte[] body) {
    return shown(tokens.signed(claims(GOOD_FOR).build()));
  }

  @Override
  public List<False> others(byte[] body) {
    JWTClaimsSet good = claims(GOOD_FOR).build();
    List<False> others = new ArrayList<>();
    others.add(False.unauthenticated("a token that nobody signed", shown(tokens.unsigned(good))));
    others.add(
        False.unauthenticated(
            "a token signed with the public key for a secret", shown(tokens.confused(good))));
    others.add(
        False.unauthenticated("a token of another server", shown(tokens.signedBySomebody(good))));
    others.add(
        False.unauthenticated(
            "a token that is over", shown(tokens.signed(claims(GOOD_FOR.negated()).build()))));
    others.add(
        False.unauthenticated(
            "a token for somebody else",
            shown(tokens.signed(claims(GOOD_FOR).audience("somebody-else").build()))));
    if (!form.scopes().isEmpty()) {
      others.add(
          new False(
              "a token without the scope",
              shown(tokens.signed(claims(GOOD_FOR).claim("scope", null).build())),
              403));
    }
    others.add(
        new False(
            "a token of a key that cannot be fetched",
            shown(tokens.signedWithNewKey(good)),
            503,
            sending ->
                () -> {
                  tokens.down();
                  try {
                    return sending.get();
                  } finally {
                    tokens.up();
                  }
                }));
    return others;
  }

  private static Shown shown(String token) {
    return Shown.headers(Map.of("Authorization", "Bearer " + token));
  }

  private JWTClaimsSet.Builder claims(Duration goodFor) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(form.issuer())
            .audience(form.audience())
            .subject(form.subject() == null ? "contract" : form.subject())
            .expirationTime(Date.from(hub.part(Clock.class).instant().plus(goodFor)));
    return form.scopes().isEmpty()
        ? claims
        : claims.claim("scope", String.join(" ", form.scopes()));
  }
}
