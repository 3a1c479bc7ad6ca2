package io.tickethub.replay;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.LetterGroups;
import io.tickethub.delivery.Replay;
import io.tickethub.intake.MessageReplay;
import io.tickethub.intake.MessageReplay.Translator;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.MessageEdits;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.NodeName;
import io.tickethub.storage.Expiry;
import io.tickethub.storage.RetentionProperties;
import io.tickethub.storage.RowExpiry;
import io.tickethub.storage.SteadyClock;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {

  @Bean
  Expiry jobExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    return new RowExpiry(
        "ended jobs",
        new RowExpiry.Rows("dead_letter_job", "id", "state <> 'running' and finished_at < ?"),
        properties.deliveries(),
        jdbc,
        clock);
  }

  @Bean
  LetterJobs letterJobs(
      JdbcTemplate jdbc,
      DeadLetters deadLetters,
      LetterGroups groups,
      Replay replay,
      MessageReplay messages,
      Translator translator,
      JobListener listener,
      TransactionTemplate transactions,
      Identifiers identifiers,
      NodeName node,
      Clock clock,
      SteadyClock steady) {
    JobStore store = new JobStore(jdbc);
    PageTaker pages =
        new PageTaker(store, deadLetters, replay, messages, translator, transactions, node.value());
    JobRunner runner =
        new JobRunner(store, pages, deadLetters, transactions, listener, node, clock, steady);
    return new LetterJobs(store, runner, deadLetters, groups, identifiers, node, clock, steady);
  }

  @Bean
  EditedReplay editedReplay(
      MessageJournal journal,
      MessageEdits edits,
      DeadLetters deadLetters,
      TransactionTemplate transactions,
      EditedReplay.Admitter admitter,
      Clock clock) {
    return new EditedReplay(journal, edits, deadLetters, transactions, admitter, clock);
  }
}
