package io.tickethub.console;

import io.tickethub.api.Right;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.ServletWrappingController;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Hawtio's pages on the hub, behind the hub's login. Of Hawtio there are the pages only; what they
 * ask of a server is answered here.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("hub.hawtio.enabled")
class CamelInternals implements WebMvcConfigurer {

  static final String JOLOKIA = "/hawtio/jolokia";

  private static final String PAGES = "classpath:/hawtio-static/";

  /** Hawtio writes styles into its pages, and its fonts and icons are part of them. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self';"
          + " form-action 'none'; base-uri 'self'; frame-ancestors 'none'";

  @Bean
  @Order(2)
  SecurityFilterChain internalsSecurityFilterChain(
      HttpSecurity http,
      Accounts accounts,
      @Value("${hub.console.idle}") Duration idle,
      Clock clock)
      throws Exception {
    HttpSessionRequestCache wanted = new HttpSessionRequestCache();
    wanted.setRequestMatcher(CamelInternals::isEntrance);
    wanted.setMatchingRequestParameterName(null);
    return http.securityMatcher("/hawtio", "/hawtio/**")
        .csrf(csrf -> csrf.csrfTokenRepository(tokens()).csrfTokenRequestHandler(eager()))
        .requestCache(cache -> cache.requestCache(wanted))
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
                      if (request.getMethod().equals("GET")) {
                        response.sendRedirect("/login");
                      } else {
                        response.sendError(HttpStatus.UNAUTHORIZED.value());
                      }
                    }))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(HttpMethod.GET)
                    .hasAuthority(Right.CONFIGURE.authority())
                    .requestMatchers(HttpMethod.POST, JOLOKIA, JOLOKIA + "/")
                    .hasAuthority(Right.CONFIGURE.authority())
                    .anyRequest()
                    .denyAll())
        .build();
  }

  /** Hawtio reads the token from this cookie and gives it back as a header. */
  private static CookieCsrfTokenRepository tokens() {
    CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    tokens.setCookiePath("/hawtio");
    tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
    return tokens;
  }

  private static CsrfTokenRequestAttributeHandler eager() {
    CsrfTokenRequestAttributeHandler handler = new CsrfTokenRequestAttributeHandler();
    handler.setCsrfRequestAttributeName(null);
    return handler;
  }

  private static boolean isEntrance(HttpServletRequest request) {
    return request.getMethod().equals("GET") && request.getRequestURI().equals("/hawtio/");
  }

  @Bean
  @Lazy
  ServletWrappingController jolokia() {
    ServletWrappingController controller = new ServletWrappingController();
    controller.setServletClass(JolokiaServlet.class);
    controller.setServletName("jolokia");
    controller.setInitParameters(new Properties());
    controller.setSupportedMethods("GET", "POST");
    return controller;
  }

  @Bean
  SimpleUrlHandlerMapping jolokiaMapping() {
    return new SimpleUrlHandlerMapping(Map.of(JOLOKIA, "jolokia", JOLOKIA + "/", "jolokia"), 0);
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/hawtio/**")
        .addResourceLocations(PAGES)
        .resourceChain(true)
        .addResolver(new Files());
  }

  /** Hawtio's own addresses, which have no dot, all lead to its one page. */
  private static final class Files extends PathResourceResolver {

    @Override
    protected Resource getResource(String path, Resource location) throws IOException {
      return super.getResource(path.contains(".") ? path : "index.html", location);
    }
  }

  /** What Hawtio asks of the server behind its pages. */
  @Lazy
  @Controller
  @ConditionalOnProperty("hub.hawtio.enabled")
  static class Answers {

    @GetMapping("/hawtio")
    View entrance() {
      return Pages.redirect("/hawtio/");
    }

    @GetMapping("/hawtio/auth/logout")
    View back() {
      return Pages.redirect("/");
    }

    @ResponseBody
    @GetMapping(path = "/hawtio/", produces = "text/html;charset=UTF-8")
    Resource page() {
      return new ClassPathResource("hawtio-static/index.html");
    }

    /** Somebody: so it asks for no login of its own. */
    @ResponseBody
    @GetMapping(path = "/hawtio/user", produces = "application/json")
    String user(Principal who) {
      return "\"" + who.getName().replaceAll("[\"\\\\\\p{Cntrl}]", "?") + "\"";
    }

    @ResponseBody
    @GetMapping("/hawtio/plugin")
    List<String> plugins() {
      return List.of();
    }

    @ResponseBody
    @GetMapping({"/hawtio/proxy/enabled", "/hawtio/keycloak/enabled"})
    boolean no() {
      return false;
    }

    /** None that it has to know of. */
    @ResponseBody
    @GetMapping("/hawtio/auth/config/session-timeout")
    Map<String, Integer> sessionTimeout() {
      return Map.of("timeout", -1);
    }

    @ResponseBody
    @GetMapping("/hawtio/auth/config")
    Map<String, String> login() {
      return Map.of();
    }

    @ResponseBody
    @GetMapping("/hawtio/hawtconfig.json")
    Map<String, Object> settings() {
      return Map.of(
          "branding", Map.of("appName", "Ticket Hub", "showAppName", true),
          "disabledRoutes", List.of("/connect", "/jmx", "/runtime", "/quartz", "/springboot"));
    }
  }
}
