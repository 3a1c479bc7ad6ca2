package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.harness.ManifestConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.Ssl;

class CertificateWarningTest {

  @TempDir Path directory;

  @Test
  void aHubThatAsksForNoCertificateSaysWhichChannelsWantOne() throws IOException {
    assertThat(said(null))
        .singleElement()
        .asString()
        .startsWith("connector partner, channel news: everything is refused")
        .contains("hub.listen.tls.trust");
    assertThat(said(ssl(null))).hasSize(1);
    assertThat(said(ssl(Ssl.ClientAuth.NONE))).hasSize(1);
    assertThat(said(ssl(Ssl.ClientAuth.WANT))).isEmpty();
  }

  private static Ssl ssl(Ssl.ClientAuth asks) {
    Ssl ssl = new Ssl();
    ssl.setClientAuth(asks);
    return ssl;
  }

  private List<String> said(Ssl ssl) throws IOException {
    ConnectorDefinition definition = ConnectorCheck.compile(connector());
    Logger logger = (Logger) LoggerFactory.getLogger(CertificateWarning.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      new CertificateWarning(ssl).say(definition);
    } finally {
      logger.detachAppender(log);
    }
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private Path connector() throws IOException {
    return ManifestConnector.named(
            "partner",
            """
            settings:
              hotline: {type: distinguished-name, description: the sender's certificate}
            inbound:
              news:
                route: {template: http-json-in}
                format: json
                mapping: mapping/news.jsonata
                client-certificate: {subject: "{{hotline}}"}
              others:
                route: {template: http-json-in}
                format: json
                mapping: mapping/news.jsonata
            """)
        .with("mapping/news.jsonata", "change")
        .writeTo(directory);
  }
}
