package io.tickethub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * What is measured against the hub, as a process of its own: with the hub's own PostgreSQL, Artemis
 * and web server and their settings, so that the difference is the program's.
 */
public final class ContenderProgram {

  /** A file that appears when the program is ready. */
  static final String READY = "ready";

  private ContenderProgram() {}

  /** Arguments: the configuration class, the program's directory, Spring properties. */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    Path directory = Path.of(arguments[1]);
    new SpringApplicationBuilder(Base.class, Class.forName(arguments[0]))
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .run(Arrays.copyOfRange(arguments, 2, arguments.length));
    Files.createFile(directory.resolve(READY));
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
  }

  /** Web server, database and broker. */
  @ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
  })
  @ComponentScan({"io.tickethub.storage", "io.tickethub.broker"})
  static class Base {

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }
}
