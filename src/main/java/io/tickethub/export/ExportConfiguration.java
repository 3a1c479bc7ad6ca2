package io.tickethub.export;

import io.tickethub.alert.Alerts;
import io.tickethub.connector.Connectors;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.journal.TicketStore;
import io.tickethub.product.MaskedTicket;
import io.tickethub.product.ProductCatalog;
import io.tickethub.storage.NodeLock;
import io.tickethub.storage.SteadyClock;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

  @Bean(destroyMethod = "close")
  NodeLock exportLock(DataSource dataSource, SteadyClock steady) {
    return new NodeLock(dataSource, "exports", steady);
  }

  @Bean
  Exports exports(JdbcTemplate jdbc, Clock clock) {
    return new Exports(new ExportStore(jdbc), clock);
  }

  @Bean
  Exporter exporter(
      JdbcTemplate jdbc,
      TicketStore tickets,
      ProductCatalog products,
      Connectors connectors,
      ConnectorControls controls,
      NodeLock exportLock,
      Alerts alerts,
      Clock clock) {
    RecordInput input = new RecordInput(new MaskedTicket(products));
    return new Exporter(
        new ExportStore(jdbc),
        new FileWriting(tickets, input),
        connectors,
        controls,
        exportLock,
        alerts,
        clock);
  }
}
