package io.tickethub.plan;

import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.OwnMessages;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Sealer;
import io.tickethub.product.ProductCatalog;
import io.tickethub.service.WorkingDays;
import io.tickethub.storage.NodeLock;
import io.tickethub.storage.SteadyClock;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class PlanConfiguration {

  @Bean
  Plans plans(
      PlanFile file,
      ProductCatalog products,
      JdbcTemplate jdbc,
      IntakeQueue queue,
      Identifiers identifiers,
      Sealer sealer,
      Clock clock) {
    PlanRules rules = PlanRules.read(file.path(), products);
    Occurrences occurrences =
        rules.plans().isEmpty()
            ? new Occurrences(null, rules.zone())
            : new Occurrences(WorkingDays.read(rules.holidays(file.path())), rules.zone());
    return new Plans(
        rules,
        occurrences,
        new OccurrenceStore(jdbc),
        queue,
        new OwnMessages(identifiers, sealer),
        clock);
  }

  @Bean
  PlanLoop planLoop(Plans plans, DataSource dataSource, SteadyClock steady) {
    return new PlanLoop(plans, new NodeLock(dataSource, "plans", steady));
  }
}
