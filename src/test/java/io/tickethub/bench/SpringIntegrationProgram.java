package io.tickethub.bench;

import jakarta.jms.ConnectionFactory;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.context.IntegrationContextUtils;
import org.springframework.integration.context.IntegrationProperties;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.MessageChannels;
import org.springframework.integration.dsl.Pollers;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.integration.handler.advice.IdempotentReceiverInterceptor;
import org.springframework.integration.http.dsl.Http;
import org.springframework.integration.jdbc.metadata.JdbcMetadataStore;
import org.springframework.integration.jdbc.store.JdbcChannelMessageStore;
import org.springframework.integration.jdbc.store.channel.PostgresChannelMessageStoreQueryProvider;
import org.springframework.integration.jms.dsl.Jms;
import org.springframework.integration.selector.MetadataStoreSelector;
import org.springframework.integration.transaction.TransactionInterceptorBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.client.RestTemplate;

/**
 * The hub's job in Spring Integration, the way its reference manual shows it: an idempotent
 * receiver on a JDBC metadata store, a JDBC channel message store as outbox, one transaction a
 * message. Each target has {@value #PARTITIONS} queues by ticket, so that order is kept with some
 * concurrency.
 */
@EnableIntegration
class SpringIntegrationProgram {

  private static final int PARTITIONS = 4;
  private static final int CONSUMERS = 8;

  @Bean(name = IntegrationContextUtils.INTEGRATION_GLOBAL_PROPERTIES_BEAN_NAME)
  static IntegrationProperties integrationGlobalProperties() {
    IntegrationProperties properties = new IntegrationProperties();
    properties.setTaskSchedulerPoolSize(16);
    return properties;
  }

  @Bean
  CanonicalTickets tickets(JdbcTemplate database, DataSource dataSource) {
    ResourceDatabasePopulator schema =
        new ResourceDatabasePopulator(
            new ClassPathResource("org/springframework/integration/jdbc/schema-postgresql.sql"));
    schema.setContinueOnError(true);
    schema.execute(dataSource);
    return new CanonicalTickets(database);
  }

  @Bean
  JdbcChannelMessageStore outbox(DataSource dataSource, CanonicalTickets tickets) {
    JdbcChannelMessageStore store = new JdbcChannelMessageStore(dataSource);
    store.setChannelMessageStoreQueryProvider(new PostgresChannelMessageStoreQueryProvider());
    return store;
  }

  @Bean
  JdbcMetadataStore seen(DataSource dataSource, CanonicalTickets tickets) {
    return new JdbcMetadataStore(dataSource);
  }

  @Bean
  IdempotentReceiverInterceptor once(JdbcMetadataStore seen, CanonicalTickets tickets) {
    IdempotentReceiverInterceptor interceptor =
        new IdempotentReceiverInterceptor(
            new MetadataStoreSelector(
                message -> tickets.parse((byte[]) message.getPayload()).get("id").asText(), seen));
    interceptor.setDiscardChannelName("nullChannel");
    return interceptor;
  }

  @Bean
  IntegrationFlow reportsByHttp() {
    return IntegrationFlow.from(
            Http.inboundChannelAdapter("/report")
                .requestMapping(mapping -> mapping.methods(HttpMethod.POST))
                .requestPayloadType(byte[].class)
                .statusCodeFunction(request -> HttpStatus.ACCEPTED))
        .channel("reports")
        .get();
  }

  @Bean
  IntegrationFlow reportsByJms(ActiveMQConnectionFactory connections) {
    return IntegrationFlow.from(
            Jms.messageDrivenChannelAdapter(
                Jms.container((ConnectionFactory) connections, Load.QUEUE)
                    .sessionTransacted(true)
                    .concurrentConsumers(CONSUMERS)
                    .cacheLevel(3)))
        .channel("reports")
        .get();
  }

  @Bean
  IntegrationFlow applyReports(
      CanonicalTickets tickets,
      IdempotentReceiverInterceptor once,
      PlatformTransactionManager transactions,
      BeanFactory beans) {
    return IntegrationFlow.from("reports")
        .handle(
            byte[].class,
            (body, headers) -> {
              Optional<byte[]> told = tickets.apply(body);
              if (told.isPresent()) {
                String ticket = tickets.parse(body).get("ticket").asText();
                int partition = Math.floorMod(ticket.hashCode(), PARTITIONS);
                for (int target = 0; target < Targets.COUNT; target++) {
                  beans
                      .getBean(queue(target, partition), MessageChannel.class)
                      .send(
                          MessageBuilder.withPayload(told.get())
                              .setHeader("contentType", "application/json")
                              .build());
                }
              }
              return null;
            },
            endpoint ->
                endpoint.advice(
                    new TransactionInterceptorBuilder(false)
                        .transactionManager(transactions)
                        .build(),
                    once))
        .get();
  }

  @Bean
  RestTemplate rest() {
    return new RestTemplate(
        new HttpComponentsClientHttpRequestFactory(
            HttpClients.custom()
                .setConnectionManager(
                    PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(32)
                        .setMaxConnTotal(64)
                        .build())
                .build()));
  }

  @Bean
  SmartInitializingSingleton targetFlows(
      IntegrationFlowContext flows,
      @Value("${bench.targets}") String[] targets,
      JdbcChannelMessageStore outbox,
      PlatformTransactionManager transactions,
      RestTemplate rest) {
    return () -> {
      for (int target = 0; target < targets.length; target++) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          flows
              .registration(
                  toTarget(queue(target, partition), targets[target], outbox, transactions, rest))
              .register();
        }
      }
    };
  }

  private static String queue(int target, int partition) {
    return "target-%d-%d".formatted(target, partition);
  }

  private static IntegrationFlow toTarget(
      String queue,
      String url,
      JdbcChannelMessageStore outbox,
      PlatformTransactionManager transactions,
      RestTemplate rest) {
    return IntegrationFlow.from(MessageChannels.queue(queue, outbox, queue))
        .handle(
            Http.outboundChannelAdapter(url, rest).httpMethod(HttpMethod.POST),
            endpoint ->
                endpoint.poller(
                    Pollers.fixedDelay(1).maxMessagesPerPoll(200).transactional(transactions)))
        .get();
  }
}
