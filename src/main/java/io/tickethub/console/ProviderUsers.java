package io.tickethub.console;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** What somebody may do, by the claims of their ID token, whose signature was checked. */
final class ProviderUsers implements OAuth2UserService<OidcUserRequest, OidcUser> {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,80}");

  private final ProviderProperties properties;
  private final Map<String, Grant> grants = new LinkedHashMap<>();
  private final Clock clock;

  /** Throws {@link IllegalArgumentException} if a role is none, or cannot be limited. */
  ProviderUsers(ProviderProperties properties, Clock clock) {
    this.properties = properties;
    this.clock = clock;
    properties
        .roles()
        .forEach(
            (value, role) ->
                grants.put(value, new Grant(Role.of(role), properties.connectors().get(value))));
    if (!grants.keySet().containsAll(properties.connectors().keySet())) {
      throw new IllegalArgumentException(
          "hub.operations.oidc.connectors names values that hub.operations.oidc.roles does not: %s"
              .formatted(properties.connectors().keySet()));
    }
  }

  @Override
  public OidcUser loadUser(OidcUserRequest request) {
    OidcIdToken token = request.getIdToken();
    Object name = token.getClaims().get(properties.nameClaim());
    if (!(name instanceof String given) || !NAME.matcher(given).matches()) {
      throw refused("the claim %s is no name".formatted(properties.nameClaim()));
    }
    List<Grant> held =
        grants.entrySet().stream()
            .filter(entry -> values(token.getClaims()).contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    if (held.isEmpty()) {
      throw refused("the claim %s gives no role".formatted(properties.rolesClaim()));
    }
    Role most =
        held.stream()
            .map(Grant::role)
            .max(Comparator.comparingInt(role -> role.rights().size()))
            .orElseThrow();
    return new ProviderUser(
        given,
        Grant.authorities(held),
        token,
        new AccountLogin.Entry(most.text(), null, clock.instant().plus(properties.lasts())));
  }

  private static OAuth2AuthenticationException refused(String why) {
    return new OAuth2AuthenticationException(new OAuth2Error("no_role"), why);
  }

  private Set<String> values(Map<String, Object> claims) {
    Object found = claims.get(properties.rolesClaim());
    if (found == null) {
      found = claims;
      for (String step : properties.rolesClaim().split("\\.")) {
        found = found instanceof Map<?, ?> object ? object.get(step) : null;
      }
    }
    Collection<String> values = new ArrayList<>();
    if (found instanceof Collection<?> many) {
      many.forEach(one -> values.add(String.valueOf(one)));
    } else if (found instanceof String one) {
      values.add(one);
    }
    return Set.copyOf(values);
  }
}
