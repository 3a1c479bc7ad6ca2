package io.tickethub.cli;

import io.tickethub.TicketHub;
import io.tickethub.kit.contract.HubUnderContract;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole hub in this process, for the connectors' contract. It says nothing on the screen. */
public final class HubInThisProcess implements HubUnderContract {

  private final ConfigurableApplicationContext application;

  private HubInThisProcess(ConfigurableApplicationContext application) {
    this.application = application;
  }

  /** Starts it. */
  public static HubUnderContract start(List<String> values) {
    List<String> arguments = new ArrayList<>(values);
    arguments.add("--spring.config.name=hub");
    arguments.add("--spring.config.location=classpath:/");
    arguments.add("--logging.threshold.console=OFF");
    arguments.add("--logging.level.org.apache.ftpserver=ERROR");
    arguments.add("--logging.level.org.apache.sshd=ERROR");
    return new HubInThisProcess(
        new SpringApplicationBuilder(TicketHub.class)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .run(arguments.toArray(String[]::new)));
  }

  @Override
  public <T> T part(Class<T> type) {
    return application.getBean(type);
  }

  @Override
  public URI url() {
    boolean tls = Ssl.isEnabled(part(ServerProperties.class).getSsl());
    return URI.create(
        "%s://127.0.0.1:%s"
            .formatted(
                tls ? "https" : "http",
                application.getEnvironment().getProperty("local.server.port")));
  }

  @Override
  public void close() {
    application.close();
  }
}
