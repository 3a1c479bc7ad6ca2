package io.tickethub.assessment;

import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.OwnMessages;
import io.tickethub.intake.Rules;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketStore;
import io.tickethub.service.WorkingDays;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class AssessmentConfiguration {

  @Bean
  AssessmentRules assessmentRules(AssessmentPlaces places) {
    return AssessmentRules.read(places.rules());
  }

  @Bean
  Assessments assessments(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      TicketStore tickets,
      Rules rules,
      AssessmentRules assessmentRules,
      AssessmentPlaces places,
      IntakeQueue queue,
      Identifiers identifiers,
      Sealer sealer,
      Clock clock) {
    return new Assessments(
        new AssessmentStore(jdbc),
        tickets,
        rules.timeLimits(),
        assessmentRules,
        new Announcement(queue, new OwnMessages(identifiers, sealer)),
        transactions,
        places.files(),
        clock);
  }

  @Bean
  AssessmentLoop assessmentLoop(
      Assessments assessments, AssessmentRules rules, AssessmentPlaces places, Clock clock) {
    WorkingDays days =
        rules.publishAt() == null
            ? null
            : WorkingDays.read(AssessmentRules.holidays(places.rules(), rules));
    return new AssessmentLoop(assessments, rules, days, clock);
  }
}
