package io.tickethub.console;

import io.tickethub.api.Audit;
import io.tickethub.api.LoopbackOrToken;
import io.tickethub.api.OperationsProperties;
import io.tickethub.api.Right;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Who may see and do what in the console. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProviderProperties.class)
class ConsoleSecurity {

  /** What pages fetch by themselves. */
  static final String LIVE = "/console/live/";

  private static final List<String> PAGES =
      List.of(
          "/",
          "/login/**",
          "/logout",
          "/oauth2/authorization/**",
          "/alerts/**",
          "/console/**",
          "/webjars/htmx.org/**",
          "/tickets/**",
          "/dead-letters/**",
          "/connectors/**",
          "/routes/**",
          "/clocks/**",
          "/reconciliation/**",
          "/audit/**",
          "/accounts/**");

  /** What is done to one connector: whether to this one, the controller asks. */
  private static final String[] OPERATED = {
    "/connectors/*/pause",
    "/connectors/*/resume",
    "/routes/*/*",
    "/dead-letters/**",
    "/reconciliation/**",
    "/alerts/silences/**"
  };

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Bean
  Accounts accounts(JdbcTemplate jdbc, Clock clock) {
    return new Accounts(jdbc, clock);
  }

  @Bean
  AccountTokens accountTokens(Accounts accounts) {
    return new AccountTokens(accounts);
  }

  @Bean
  ProviderChoice providerChoice(ProviderProperties properties, Audit audit, Clock clock) {
    return new ProviderChoice(ProviderLogin.of(properties, audit, clock));
  }

  @Bean
  @Order(2)
  SecurityFilterChain consoleSecurityFilterChain(
      HttpSecurity http,
      Accounts accounts,
      OperationsProperties tokens,
      Audit audit,
      ProviderChoice provider,
      @Value("${hub.console.idle}") Duration idle,
      Clock clock)
      throws Exception {
    HttpSessionRequestCache wanted = new HttpSessionRequestCache();
    wanted.setRequestMatcher(ConsoleSecurity::isPage);
    wanted.setMatchingRequestParameterName(null);
    if (provider.login().isPresent()) {
      provider.login().get().offer(http);
    }
    return http.securityMatcher(PAGES.toArray(String[]::new))
        .authenticationProvider(new AccountLogin(accounts, tokens, audit))
        .requestCache(cache -> cache.requestCache(wanted))
        .formLogin(
            login ->
                login
                    .loginPage("/login")
                    .authenticationDetailsSource(request -> null)
                    .failureHandler(
                        (request, response, e) ->
                            response.sendRedirect(
                                e instanceof LockedException ? "/login?locked" : "/login?failed"))
                    .permitAll())
        .logout(
            logout ->
                provider
                    .login()
                    .ifPresentOrElse(
                        login -> logout.logoutSuccessHandler(login.logout()),
                        () -> logout.logoutSuccessUrl("/login?out")))
        .addFilterAfter(
            new SessionCheck(accounts, idle, clock), UsernamePasswordAuthenticationFilter.class)
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(
                    (request, response, e) -> {
                      if (request.getHeader("HX-Request") != null) {
                        response.setHeader("HX-Redirect", "/login");
                        response.setStatus(HttpStatus.UNAUTHORIZED.value());
                      } else {
                        response.sendRedirect("/login");
                      }
                    }))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(
                        "/login/**", "/console/assets/**", "/console/preferences", "/webjars/**")
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, "/", "/console/live/map")
                    .access(new LoopbackOrToken(Right.VIEW.authority()))
                    .requestMatchers("/audit/**")
                    .hasAuthority(Right.AUDIT.authority())
                    .requestMatchers("/accounts/**")
                    .hasAuthority(Right.ADMINISTER.authority())
                    .requestMatchers(
                        "/connectors/*/rollback",
                        "/connectors/*/reload",
                        "/connectors/*/enable",
                        "/connectors/*/disable",
                        "/connectors/*/try",
                        "/connectors/*/examples")
                    .access((who, request) -> forAny(Right.CONFIGURE, who))
                    .requestMatchers("/tickets/*/reveal", "/dead-letters/*/reveal")
                    .access((who, request) -> forAny(Right.REVEAL, who))
                    .requestMatchers(HttpMethod.GET)
                    .hasAuthority(Right.VIEW.authority())
                    .requestMatchers(HttpMethod.POST, OPERATED)
                    .access((who, request) -> forAny(Right.OPERATE, who))
                    .requestMatchers(HttpMethod.POST)
                    .hasAuthority(Right.OPERATE.authority())
                    .anyRequest()
                    .denyAll())
        .build();
  }

  private static AuthorizationDecision forAny(Right right, Supplier<Authentication> who) {
    return new AuthorizationDecision(right.isHeldForAny(who.get()));
  }

  private static boolean isPage(HttpServletRequest request) {
    String path = request.getRequestURI();
    return request.getMethod().equals("GET")
        && !path.startsWith("/console/")
        && !path.startsWith("/webjars/")
        && !path.startsWith("/login")
        && !path.startsWith("/oauth2/");
  }
}
