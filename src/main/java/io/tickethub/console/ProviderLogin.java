package io.tickethub.console;

import io.tickethub.api.Audit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.SimpleUrlLogoutSuccessHandler;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Login by an identity provider (OpenID Connect: authorization code with PKCE). */
final class ProviderLogin implements JwtDecoderFactory<ClientRegistration> {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderLogin.class);

  /** Goes on from a page of the hub, as the session's cookie does not go with what others began. */
  private static final byte[] ENTERED =
      """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ticket Hub</title>
      <meta http-equiv="refresh" content="0;url=/"></head>
      <body><p><a href="/">Ticket Hub</a></p></body></html>
      """
          .getBytes(StandardCharsets.UTF_8);

  private final IdentityProvider provider;
  private final ProviderUsers users;
  private final PendingLogins pending;
  private final Audit audit;
  private volatile JwtDecoder decoder;

  ProviderLogin(IdentityProvider provider, ProviderUsers users, Audit audit, Clock clock) {
    this.provider = provider;
    this.users = users;
    this.pending = new PendingLogins(clock);
    this.audit = audit;
  }

  /** Empty if there is none. */
  static Optional<ProviderLogin> of(ProviderProperties properties, Audit audit, Clock clock) {
    return properties.isGiven()
        ? Optional.of(
            new ProviderLogin(
                new IdentityProvider(properties, System::getenv),
                new ProviderUsers(properties, clock),
                audit,
                clock))
        : Optional.empty();
  }

  boolean isReady() {
    return provider.isReady();
  }

  void offer(HttpSecurity http) throws Exception {
    DefaultOAuth2AuthorizationRequestResolver asks =
        new DefaultOAuth2AuthorizationRequestResolver(provider, "/oauth2/authorization");
    asks.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    http.oauth2Login(
        login ->
            login
                .loginPage("/login")
                .clientRegistrationRepository(provider)
                .authorizedClientRepository(new NoTokens())
                .authorizationEndpoint(
                    endpoint ->
                        endpoint
                            .authorizationRequestResolver(asks)
                            .authorizationRequestRepository(pending))
                .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(tokens()))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(users))
                .successHandler(this::entered)
                .failureHandler(ProviderLogin::failed));
  }

  private static RestClientAuthorizationCodeTokenResponseClient tokens() {
    RestClientAuthorizationCodeTokenResponseClient client =
        new RestClientAuthorizationCodeTokenResponseClient();
    client.setRestClient(
        RestClient.builder()
            .requestFactory(IdentityProvider.requests())
            .messageConverters(
                converters -> {
                  converters.clear();
                  converters.add(new FormHttpMessageConverter());
                  converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return client;
  }

  /** Reads ID tokens; its keys are fetched anew when a token is signed by one not known. */
  @Override
  public JwtDecoder createDecoder(ClientRegistration registration) {
    JwtDecoder made = decoder;
    if (made == null) {
      NimbusJwtDecoder fresh =
          NimbusJwtDecoder.withJwkSetUri(registration.getProviderDetails().getJwkSetUri())
              .jwsAlgorithms(
                  algorithms ->
                      algorithms.addAll(
                          Set.of(
                              SignatureAlgorithm.RS256,
                              SignatureAlgorithm.PS256,
                              SignatureAlgorithm.ES256)))
              .restOperations(new RestTemplate(IdentityProvider.requests()))
              .build();
      fresh.setJwtValidator(
          new DelegatingOAuth2TokenValidator<>(
              new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
      made = fresh;
      decoder = made;
    }
    return made;
  }

  private void entered(HttpServletRequest request, HttpServletResponse response, Authentication who)
      throws IOException {
    AccountLogin.Entry entry = AccountLogin.Entry.of(who);
    audit.record(
        who.getName(), "login", "console", "as " + entry.role() + ", by the identity provider");
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(ENTERED.length);
    response.getOutputStream().write(ENTERED);
  }

  private static void failed(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    boolean noRole =
        e instanceof OAuth2AuthenticationException known
            && known.getError().getErrorCode().equals("no_role");
    LOG.warn("a login by the identity provider failed: {}", e.getMessage());
    response.sendRedirect(noRole ? "/login?no-role" : "/login?provider");
  }

  /** Whoever came in by the provider goes out there too, if it can be told. */
  LogoutSuccessHandler logout() {
    SimpleUrlLogoutSuccessHandler here = new SimpleUrlLogoutSuccessHandler();
    here.setDefaultTargetUrl("/login?out");
    OidcClientInitiatedLogoutSuccessHandler there =
        new OidcClientInitiatedLogoutSuccessHandler(provider);
    there.setDefaultTargetUrl("/login?out");
    there.setPostLogoutRedirectUri("{baseUrl}/login?out");
    return (request, response, who) -> {
      if (who instanceof OAuth2AuthenticationToken) {
        there.onLogoutSuccess(request, response, who);
      } else {
        here.onLogoutSuccess(request, response, who);
      }
    };
  }

  /** The hub asks the provider for nothing in anybody's name: it keeps no access tokens. */
  private static final class NoTokens implements OAuth2AuthorizedClientRepository {

    @Override
    public <T extends OAuth2AuthorizedClient> T loadAuthorizedClient(
        String id, Authentication who, HttpServletRequest request) {
      return null;
    }

    @Override
    public void saveAuthorizedClient(
        OAuth2AuthorizedClient client,
        Authentication who,
        HttpServletRequest request,
        HttpServletResponse response) {}

    @Override
    public void removeAuthorizedClient(
        String id, Authentication who, HttpServletRequest request, HttpServletResponse response) {}
  }
}
