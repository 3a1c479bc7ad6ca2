package io.tickethub.console;

import io.tickethub.privacy.SecretReference;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * The identity provider as it describes itself. It is asked when somebody first logs in by it: the
 * hub starts without it.
 */
final class IdentityProvider implements ClientRegistrationRepository {

  /** Its name in addresses. */
  static final String ID = "oidc";

  private static final Logger LOG = LoggerFactory.getLogger(IdentityProvider.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ProviderProperties properties;
  private final String secret;
  private volatile ClientRegistration known;

  /**
   * {@code environment} gives the value of an environment variable, or null.
   *
   * @throws IllegalArgumentException if something is missing
   */
  IdentityProvider(ProviderProperties properties, UnaryOperator<String> environment) {
    this.properties = properties;
    if (!properties.issuer().matches("https?://[^\\s?#]+")) {
      throw new IllegalArgumentException("hub.operations.oidc.issuer: write https://…");
    }
    if (properties.clientId().isBlank()) {
      throw new IllegalArgumentException("hub.operations.oidc.client-id is missing");
    }
    this.secret =
        SecretReference.read(
            "hub.operations.oidc.client-secret", properties.clientSecret(), environment);
  }

  /** Whether it can be used now; the log says why not. */
  boolean isReady() {
    try {
      return findByRegistrationId(ID) != null;
    } catch (RuntimeException e) {
      LOG.warn(
          "nobody can log in by the identity provider {}: {}", properties.issuer(), e.getMessage());
      return false;
    }
  }

  @Override
  public ClientRegistration findByRegistrationId(String id) {
    if (!ID.equals(id)) {
      return null;
    }
    ClientRegistration found = known;
    if (found == null) {
      found = describe();
      known = found;
    }
    return found;
  }

  private ClientRegistration describe() {
    return ClientRegistrations.fromOidcIssuerLocation(properties.issuer())
        .registrationId(ID)
        .clientId(properties.clientId())
        .clientSecret(secret)
        .scope(properties.scopes())
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri(
            (properties.baseUrl().isBlank()
                    ? "{baseUrl}"
                    : properties.baseUrl().replaceFirst("/+$", ""))
                + "/login/oauth2/code/{registrationId}")
        .build();
  }

  /** For all that is asked of it. */
  static SimpleClientHttpRequestFactory requests() {
    SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
    factory.setConnectTimeout(PATIENCE);
    factory.setReadTimeout(PATIENCE);
    return factory;
  }
}
