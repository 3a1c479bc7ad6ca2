package io.tickethub.api;

import io.tickethub.product.MaskedTicket;
import io.tickethub.product.ProductCatalog;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

  @Bean
  Audit audit(JdbcTemplate jdbc, Clock clock) {
    return new Audit(jdbc, clock);
  }

  @Bean
  MaskedTicket maskedTicket(ProductCatalog products) {
    return new MaskedTicket(products);
  }
}
