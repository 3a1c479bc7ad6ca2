package io.tickethub.api;

import io.tickethub.journal.Identifiers;
import io.tickethub.product.MaskedTicket;
import io.tickethub.product.ProductCatalog;
import io.tickethub.replay.JobListener;
import java.time.Clock;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

  @Bean
  Audit audit(JdbcTemplate jdbc, Clock clock) {
    return new Audit(jdbc, clock);
  }

  /** The end of a job is kept as its beginning is. */
  @Bean
  JobListener auditedJobs(Audit audit) {
    return job ->
        audit.record(
            job.startedBy(),
            "dead-letters-%s-ended".formatted(job.action().name().toLowerCase(Locale.ROOT)),
            "job " + Identifiers.text(job.id()),
            "%s: done %d, failed %d, skipped %d, under way %d, of %d; reason: %s"
                .formatted(
                    job.cause() == null
                        ? job.state().text()
                        : job.state().text() + ", " + job.cause(),
                    job.done(),
                    job.failed(),
                    job.skipped(),
                    job.underWay(),
                    job.selected(),
                    job.reason()));
  }

  @Bean
  MaskedTicket maskedTicket(ProductCatalog products) {
    return new MaskedTicket(products);
  }
}
