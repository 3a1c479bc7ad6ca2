package io.tickethub.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatabaseProperties.class, RetentionProperties.class})
class StorageConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(StorageConfiguration.class);
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** The server, if it is the hub's own. It outlives every connection to it. */
  @Bean(destroyMethod = "close")
  DatabaseServer databaseServer(DatabaseProperties properties) {
    return new DatabaseServer(
        properties.isEmbedded()
            ? Optional.of(EmbeddedDatabase.start(properties.embedded()))
            : Optional.empty());
  }

  @Bean(destroyMethod = "close")
  HikariDataSource dataSource(DatabaseProperties properties, DatabaseServer server) {
    if (!properties.isEmbedded() && !properties.url().startsWith(POSTGRESQL)) {
      throw new IllegalStateException("hub.database.url has to begin with " + POSTGRESQL);
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("database");
    config.setJdbcUrl(server.embedded().map(EmbeddedDatabase::url).orElse(properties.url()));
    config.setUsername(
        server.embedded().map(EmbeddedDatabase::username).orElse(properties.username()));
    config.setPassword(
        server.embedded().map(EmbeddedDatabase::password).orElse(properties.password()));
    config.setMaximumPoolSize(properties.connections());
    config.setMinimumIdle(2);
    config.setConnectionTimeout(5_000);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "ticket-hub");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", "60");
    config.addDataSourceProperty("prepareThreshold", "1");
    config.addDataSourceProperty("options", "-c plan_cache_mode=force_generic_plan");
    HikariDataSource dataSource = new HikariDataSource(config);
    try {
      awaitAnswer(dataSource, properties);
      migrate(config);
      return dataSource;
    } catch (RuntimeException e) {
      dataSource.close();
      throw e;
    }
  }

  /** A change of much data may take longer than any statement of the running hub. */
  private static void migrate(HikariConfig config) {
    Flyway.configure()
        .dataSource(config.getJdbcUrl(), config.getUsername(), config.getPassword())
        .load()
        .migrate();
  }

  /** A database may start later than the hub; what it refuses, it will refuse again. */
  private static void awaitAnswer(DataSource dataSource, DatabaseProperties properties) {
    long end = System.nanoTime() + properties.patience().toNanos();
    while (true) {
      try (Connection connection = dataSource.getConnection()) {
        connection.getMetaData();
        return;
      } catch (SQLException e) {
        SQLException root = root(e);
        boolean refused = root.getSQLState() != null && root.getSQLState().matches("(28|3D).*");
        if (refused || System.nanoTime() - end > 0) {
          throw new IllegalStateException(
              "the database %s cannot be used: %s"
                  .formatted(properties.url().replaceFirst("\\?.*", ""), root.getMessage()),
              e);
        }
        LOG.warn("the database does not answer yet: {}", root.getMessage());
      }
    }
  }

  private static SQLException root(SQLException e) {
    return e.getCause() instanceof SQLException cause ? root(cause) : e;
  }

  @Bean
  PlatformTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  TransactionTemplate transactionTemplate(PlatformTransactionManager transactionManager) {
    return new TransactionTemplate(transactionManager);
  }

  @Bean
  JdbcTemplate jdbcTemplate(DataSource dataSource) {
    return new JdbcTemplate(dataSource);
  }

  @Bean(destroyMethod = "close")
  SteadyClock steadyClock(JdbcTemplate jdbcTemplate, Clock clock) {
    return new SteadyClock(jdbcTemplate, clock);
  }

  @Bean
  JdbcClient jdbcClient(JdbcTemplate jdbcTemplate) {
    return JdbcClient.create(jdbcTemplate);
  }
}
