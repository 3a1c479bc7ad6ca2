package io.tickethub.api;

import io.tickethub.privacy.SecretFile;
import jakarta.servlet.DispatcherType;
import java.util.function.Supplier;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OperationsProperties.class)
class SecurityConfiguration {

  private static final int TOKEN_BYTES = 24;

  /** Answers of the operations interface are data: a browser is to run nothing of them. */
  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** What is configured of one connector: whether of this one, its controller asks. */
  private static final String[] CONFIGURED = {
    "/api/connectors/*/rollback",
    "/api/connectors/*/cursors/*",
    "/api/connectors/*/rehearsals/**",
    "/api/connectors/*/reload",
    "/api/connectors/*/enable",
    "/api/connectors/*/disable",
    "/api/connectors/*/try",
    "/api/connectors/*/examples"
  };

  /** What is done to one connector: whether to this one, its controller asks. */
  private static final String[] OPERATED = {
    "/api/connectors/*/pause",
    "/api/connectors/*/resume",
    "/api/connectors/*/routes/**",
    "/api/dead-letters/**",
    "/api/messages/**",
    "/api/reconciliations/**",
    "/api/alerts/silences/**"
  };

  /** Per cent of the threads. */
  private static final int ADDRESS_SHARE = 70;

  /**
   * Connected systems are known by what their channel's manifest asks for, everybody else by a
   * token.
   */
  @Bean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http, OperationsProperties properties, ObjectProvider<BearerTokens> others)
      throws Exception {
    TokenFilter tokens =
        new TokenFilter(
            SecretFile.read(properties.token(), TOKEN_BYTES),
            SecretFile.read(properties.privacyToken(), TOKEN_BYTES),
            token -> others.orderedStream().flatMap(one -> one.find(token).stream()).findFirst());
    return http.csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .addFilterBefore(tokens, UsernamePasswordAuthenticationFilter.class)
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(NOTHING))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(
                    (request, response, e) -> {
                      response.setHeader("WWW-Authenticate", "Bearer");
                      response.sendError(HttpStatus.UNAUTHORIZED.value(), "give a token");
                    }))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers("/actuator/health/**")
                    .permitAll()
                    .requestMatchers("/status")
                    .access(new LoopbackOrToken(Right.VIEW.authority()))
                    .requestMatchers("/api/accounts/**")
                    .hasAuthority(Right.ADMINISTER.authority())
                    .requestMatchers("/api/audit/**")
                    .hasAuthority(Right.AUDIT.authority())
                    .requestMatchers(HttpMethod.GET)
                    .hasAuthority(Right.VIEW.authority())
                    .requestMatchers(CONFIGURED)
                    .access((who, request) -> forAny(Right.CONFIGURE, who))
                    .requestMatchers(OPERATED)
                    .access((who, request) -> forAny(Right.OPERATE, who))
                    .anyRequest()
                    .hasAuthority(Right.OPERATE.authority()))
        .build();
  }

  private static AuthorizationDecision forAny(Right right, Supplier<Authentication> who) {
    return new AuthorizationDecision(right.isHeldForAny(who.get()));
  }

  /** PostgreSQL knows no text with a NUL in it, and nobody else has a use for one. */
  @Bean
  HttpFirewall httpFirewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedParameterValues(value -> value.indexOf('\0') < 0);
    return firewall;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> addressShareValve(
      ServerProperties properties) {
    int most = Math.max(1, properties.getTomcat().getThreads().getMax() * ADDRESS_SHARE / 100);
    return server -> server.addContextValves(new AddressShareValve(most));
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemValve() {
    return server ->
        server.addContextCustomizers(
            context ->
                ((StandardHost) context.getParent())
                    .setErrorReportValveClass(ProblemValve.class.getName()));
  }
}
