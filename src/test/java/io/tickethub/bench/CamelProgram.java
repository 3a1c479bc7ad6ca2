package io.tickethub.bench;

import jakarta.jms.ConnectionFactory;
import javax.sql.DataSource;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The hub's job in bare Camel: transacted JMS routes, an idempotent consumer on JDBC, one
 * transaction a message, message groups for the order of each ticket.
 */
class CamelProgram {

  private static final int CONSUMERS = 8;

  @Bean
  ServletRegistrationBean<CamelHttpTransportServlet> servlet() {
    ServletRegistrationBean<CamelHttpTransportServlet> registration =
        new ServletRegistrationBean<>(new CamelHttpTransportServlet(), "/*");
    registration.setName("CamelServlet");
    registration.setLoadOnStartup(1);
    return registration;
  }

  @Bean
  CanonicalTickets tickets(JdbcTemplate database) {
    return new CanonicalTickets(database);
  }

  /** Starts the routes before the web server and stops them after it. */
  @Bean
  SmartLifecycle routes(
      CanonicalTickets tickets,
      DataSource dataSource,
      PlatformTransactionManager transactions,
      ActiveMQConnectionFactory connections,
      JmsPoolConnectionFactory pooled,
      @Value("${bench.targets}") String[] targets)
      throws Exception {
    DefaultCamelContext context = new DefaultCamelContext();
    context.disableJMX();
    JmsComponent jms = new JmsComponent();
    jms.setConnectionFactory(connections);
    jms.setListenerConnectionFactory((ConnectionFactory) connections);
    jms.setTemplateConnectionFactory(pooled);
    jms.setLazyCreateTransactionManager(false);
    jms.setTransacted(true);
    jms.setCacheLevelName("CACHE_CONSUMER");
    context.addComponent("jms", jms);
    HttpComponent http = new HttpComponent();
    http.setCopyHeaders(false);
    http.setMaxTotalConnections(64);
    http.setConnectionsPerRoute(32);
    context.addComponent("http", http);
    SpringTransactionPolicy required = new SpringTransactionPolicy();
    required.setTransactionManager(transactions);
    required.setPropagationBehaviorName("PROPAGATION_REQUIRED");
    context.getRegistry().bind("required", required);
    JdbcMessageIdRepository seen =
        new JdbcMessageIdRepository(dataSource, new TransactionTemplate(transactions), "bench");
    context.addRoutes(new Routes(tickets, seen, targets));
    return new Running(context);
  }

  /** The context's life in the application's. */
  private static final class Running implements SmartLifecycle {
    private final DefaultCamelContext context;

    private Running(DefaultCamelContext context) {
      this.context = context;
    }

    @Override
    public void start() {
      context.start();
    }

    @Override
    public void stop() {
      context.stop();
    }

    @Override
    public boolean isRunning() {
      return context.isStarted();
    }
  }

  private static final class Routes extends RouteBuilder {
    private final CanonicalTickets tickets;
    private final JdbcMessageIdRepository seen;
    private final String[] targets;

    private Routes(CanonicalTickets tickets, JdbcMessageIdRepository seen, String[] targets) {
      this.tickets = tickets;
      this.seen = seen;
      this.targets = targets;
    }

    @Override
    public void configure() {
      from("servlet:/report?httpMethodRestrict=POST")
          .convertBodyTo(byte[].class)
          .removeHeaders("*")
          .process(exchange -> setGroup(exchange))
          .to(ExchangePattern.InOnly, "jms:queue:" + Load.QUEUE + "?transacted=false")
          .setBody(constant(""))
          .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(202));

      String[] queues = new String[targets.length];
      for (int target = 0; target < targets.length; target++) {
        queues[target] = "jms:queue:bench.target-" + target;
      }
      from("jms:queue:" + Load.QUEUE + "?concurrentConsumers=" + CONSUMERS)
          .transacted("required")
          .process(exchange -> exchange.setProperty("id", field(exchange, "id")))
          .idempotentConsumer(exchangeProperty("id"), seen)
          .process(
              exchange -> exchange.getMessage().setBody(tickets.apply(body(exchange)).orElse(null)))
          .filter(body().isNotNull())
          .multicast()
          .stopOnException()
          .to(ExchangePattern.InOnly, queues);

      for (int target = 0; target < targets.length; target++) {
        from(queues[target] + "?concurrentConsumers=" + CONSUMERS)
            .removeHeaders("*")
            .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
            .setHeader(Exchange.HTTP_METHOD, constant("POST"))
            .to(targets[target]);
      }
    }

    private void setGroup(Exchange exchange) {
      exchange.getMessage().setHeader("JMSXGroupID", field(exchange, "ticket"));
    }

    private String field(Exchange exchange, String name) {
      return tickets.parse(body(exchange)).get(name).asText();
    }

    private static byte[] body(Exchange exchange) {
      return exchange.getMessage().getBody(byte[].class);
    }
  }
}
