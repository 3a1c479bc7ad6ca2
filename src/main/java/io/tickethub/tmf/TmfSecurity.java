package io.tickethub.tmf;

import io.tickethub.connector.proof.ProofUnavailableException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Who may do what under {@code /tmf-api}. The descriptions of the interface are for everybody. */
@Configuration(proxyBeanMethods = false)
class TmfSecurity {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  @Bean
  @Order(1)
  SecurityFilterChain tmfSecurityFilterChain(HttpSecurity http, TmfClients clients)
      throws Exception {
    return http.securityMatcher("/tmf-api/**")
        .csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .addFilterBefore(new ClientFilter(clients), UsernamePasswordAuthenticationFilter.class)
        .headers(
            headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY)))
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(
                        (request, response, e) -> {
                          response.setHeader("WWW-Authenticate", "Bearer");
                          TmfErrors.write(
                              request,
                              response,
                              401,
                              "Unauthorized",
                              "give the header Authorization: Bearer TOKEN of a client");
                        })
                    .accessDeniedHandler(
                        (request, response, e) ->
                            TmfErrors.write(
                                request,
                                response,
                                403,
                                "Forbidden",
                                "the client's scopes do not allow it")))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers("/tmf-api/docs/**")
                    .permitAll()
                    .requestMatchers("/tmf-api/troubleTicket/*/hub/**")
                    .hasAuthority(TmfScope.LISTEN.authority())
                    .requestMatchers(HttpMethod.GET, "/tmf-api/**")
                    .hasAuthority(TmfScope.READ.authority())
                    .anyRequest()
                    .hasAuthority(TmfScope.WRITE.authority()))
        .build();
  }

  /** Knows clients by their token. */
  private static final class ClientFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";
    private final TmfClients clients;

    private ClientFilter(TmfClients clients) {
      this.clients = clients;
    }

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      String header = request.getHeader("Authorization");
      if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        try {
          enter(clients.find(header.substring(BEARER.length()).strip()));
        } catch (ProofUnavailableException e) {
          TmfErrors.write(request, response, 503, "Service Unavailable", e.getMessage());
          return;
        }
      }
      chain.doFilter(request, response);
    }

    private static void enter(Optional<TmfClient> found) {
      if (found.isEmpty()) {
        return;
      }
      TmfClient client = found.get();
      List<SimpleGrantedAuthority> authorities =
          client.scopes().stream()
              .map(scope -> new SimpleGrantedAuthority(scope.authority()))
              .toList();
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(client, null, authorities));
      SecurityContextHolder.setContext(context);
    }
  }
}
