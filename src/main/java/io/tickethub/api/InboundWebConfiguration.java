package io.tickethub.api;

import io.micrometer.observation.ObservationRegistry;
import io.tickethub.connector.camel.ConnectorServlet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * The way of connected systems' messages, free of what is meant for people: a system is known by
 * what its channel's manifest asks for, and each connector counts its own traffic.
 */
@Configuration(proxyBeanMethods = false)
class InboundWebConfiguration {

  @Bean
  @Order(0)
  SecurityFilterChain inboundSecurityFilterChain(HttpSecurity http) throws Exception {
    return http.securityMatcher(
            PathPatternRequestMatcher.withDefaults().matcher(ConnectorServlet.PATH + "*"))
        .csrf(AbstractHttpConfigurer::disable)
        .headers(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .servletApi(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .securityContext(AbstractHttpConfigurer::disable)
        .sessionManagement(AbstractHttpConfigurer::disable)
        .exceptionHandling(AbstractHttpConfigurer::disable)
        .build();
  }

  @Bean
  SecurityObservationSettings securityObservationSettings() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  FilterRegistrationBean<ServerHttpObservationFilter> operationsObservationFilter(
      ObservationRegistry observations) {
    FilterRegistrationBean<ServerHttpObservationFilter> registration =
        new FilterRegistrationBean<>(new ServerHttpObservationFilter(observations));
    registration.addUrlPatterns("/api/*");
    return registration;
  }
}
