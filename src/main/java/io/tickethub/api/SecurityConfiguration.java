package io.tickethub.api;

import io.tickethub.connector.camel.ConnectorServlet;
import io.tickethub.privacy.SecretFile;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OperationsProperties.class)
class SecurityConfiguration {

  private static final int TOKEN_BYTES = 24;

  /**
   * Connected systems are known by what their channel's manifest asks for, everybody else by a
   * token.
   */
  @Bean
  SecurityFilterChain securityFilterChain(HttpSecurity http, OperationsProperties properties)
      throws Exception {
    TokenFilter tokens =
        new TokenFilter(
            SecretFile.read(properties.token(), TOKEN_BYTES),
            SecretFile.read(properties.privacyToken(), TOKEN_BYTES));
    return http.csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .addFilterBefore(tokens, UsernamePasswordAuthenticationFilter.class)
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(
                    new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(ConnectorServlet.PATH.replace("*", "**"))
                    .permitAll()
                    .requestMatchers("/actuator/health/**")
                    .permitAll()
                    .requestMatchers("/", "/status", "/error")
                    .access(new LoopbackOrToken())
                    .anyRequest()
                    .hasAuthority(TokenFilter.OPERATOR))
        .build();
  }
}
