package io.tickethub.api;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletRegistrationBean;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.filter.OrderedRequestContextFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Every filter stands before Spring's servlet and none before that of the connectors: whatever the
 * one serves asks for a token, and a system is known by what its channel's manifest asks for.
 */
@Configuration(proxyBeanMethods = false)
class FilterConfiguration {

  @Bean
  DelegatingFilterProxyRegistrationBean securityFilter(DispatcherServletRegistrationBean servlet) {
    DelegatingFilterProxyRegistrationBean registration =
        new DelegatingFilterProxyRegistrationBean(
            AbstractSecurityWebApplicationInitializer.DEFAULT_FILTER_NAME, servlet);
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER);
    return registration;
  }

  @Bean
  FilterRegistrationBean<CharacterEncodingFilter> encodingFilter(
      CharacterEncodingFilter filter, DispatcherServletRegistrationBean servlet) {
    return before(servlet, filter, Ordered.HIGHEST_PRECEDENCE);
  }

  @Bean
  FilterRegistrationBean<RequestContextFilter> contextFilter(
      DispatcherServletRegistrationBean servlet) {
    OrderedRequestContextFilter filter = new OrderedRequestContextFilter();
    return before(servlet, filter, filter.getOrder());
  }

  @Bean
  FilterRegistrationBean<ServerHttpObservationFilter> operationsObservationFilter(
      ObservationRegistry observations, DispatcherServletRegistrationBean servlet) {
    ServerHttpObservationFilter filter =
        new ServerHttpObservationFilter(observations) {
          @Override
          protected boolean shouldNotFilter(HttpServletRequest request) {
            return !request.getServletPath().startsWith("/api/");
          }
        };
    return before(servlet, filter, Ordered.LOWEST_PRECEDENCE);
  }

  private static <T extends Filter> FilterRegistrationBean<T> before(
      DispatcherServletRegistrationBean servlet, T filter, int order) {
    FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter, servlet);
    registration.setOrder(order);
    return registration;
  }

  @Bean
  SecurityObservationSettings securityObservationSettings() {
    return SecurityObservationSettings.noObservations();
  }
}
