package io.tickethub.alert;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class AlertConfiguration {

  @Bean(initMethod = "begin", destroyMethod = "close")
  Alerts alerts(JdbcTemplate jdbc, Clock clock) {
    return new Alerts(jdbc, clock);
  }

  @Bean
  AlertNews alertNews(JdbcTemplate jdbc) {
    return new AlertNews(jdbc);
  }
}
