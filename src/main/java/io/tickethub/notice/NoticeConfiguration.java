package io.tickethub.notice;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickethub.alert.AlertNews;
import io.tickethub.connector.Connectors;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.storage.Expiry;
import io.tickethub.storage.NodeLock;
import io.tickethub.storage.RetentionProperties;
import io.tickethub.storage.RowExpiry;
import io.tickethub.storage.SteadyClock;
import java.time.Clock;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NoticeProperties.class)
class NoticeConfiguration {

  @Bean
  NoticeStore noticeStore(JdbcTemplate jdbc, ObjectMapper json) {
    return new NoticeStore(jdbc, json);
  }

  @Bean
  SilenceStore silenceStore(JdbcTemplate jdbc) {
    return new SilenceStore(jdbc);
  }

  @Bean
  Expiry noticeExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    RowExpiry.Rows rows =
        new RowExpiry.Rows(
            "alert_message",
            "id",
            """
            made_at < ? and not exists (
              select from alert_notice where message_id = alert_message.id and state = 'waiting')\
            """);
    return new RowExpiry("messages of alerts", rows, properties.deliveries(), jdbc, clock);
  }

  @Bean
  MessageText alertMessageText(@Value("${hub.zone}") ZoneId zone) {
    return new MessageText(zone);
  }

  @Bean
  Recipients alertRecipients(
      NoticeProperties properties,
      Connectors connectors,
      ConnectorControls controls,
      ObjectMapper json,
      Clock clock) {
    return new Recipients(
        properties.recipients(), connectors, controls, json, clock, System::getenv);
  }

  @Bean(destroyMethod = "close")
  NodeLock alertTurn(DataSource dataSource, SteadyClock steady) {
    return new NodeLock(dataSource, "telling of alerts", steady);
  }

  @Bean
  AlertNotices alertNotices(
      NoticeStore notices,
      SilenceStore silences,
      Recipients alertRecipients,
      MessageText alertMessageText,
      Clock clock,
      SteadyClock steady) {
    return new AlertNotices(notices, silences, alertRecipients, alertMessageText, clock, steady);
  }

  @Bean
  NoticeLoop noticeLoop(
      AlertNews news,
      NoticeStore notices,
      SilenceStore silences,
      MessageText alertMessageText,
      Recipients alertRecipients,
      NoticeProperties properties,
      NodeLock alertTurn,
      TransactionTemplate transactions,
      @Value("${hub.zone}") ZoneId zone,
      Clock clock,
      SteadyClock steady) {
    AlertGathering gathering =
        new AlertGathering(
            news,
            notices,
            silences,
            new SilenceCalendar(properties.silences(), zone),
            alertMessageText,
            alertRecipients,
            properties,
            transactions,
            clock,
            steady);
    return new NoticeLoop(
        gathering, notices, alertRecipients, properties, alertTurn, clock, steady);
  }
}
