package io.tickethub.retention;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.storage.DatabaseProperties;
import io.tickethub.storage.Expiry;
import io.tickethub.storage.NodeLock;
import io.tickethub.storage.RetentionProperties;
import io.tickethub.storage.SteadyClock;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

  @Bean
  Expiry auditExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    return new AuditExpiry(jdbc, properties, clock);
  }

  @Bean(destroyMethod = "close")
  NodeLock retentionLock(DataSource dataSource, SteadyClock steady) {
    return new NodeLock(dataSource, "retention", steady);
  }

  @Bean
  Retention retention(
      DatabaseProperties database,
      @Qualifier("retentionLock") NodeLock retentionLock,
      List<Expiry> expiries,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      MeterRegistry meters,
      RetentionProperties properties,
      Clock clock) {
    return new Retention(
        expiries,
        new Removals(jdbc, clock),
        transactions,
        database.isEmbedded() ? () -> true : retentionLock::isHeld,
        meters,
        properties.every());
  }
}
