package io.tickethub.connector.proof;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jose.util.health.HealthStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * The public keys of a token server (a JWK set, RFC 7517), fetched when they are needed: at most
 * twice in ten seconds, whatever keys tokens name, each time for five seconds at most. They are
 * good for five minutes. Thread-safe.
 */
public final class TokenKeys {

  private static final Logger LOG = LoggerFactory.getLogger(TokenKeys.class);
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration GOOD_FOR = Duration.ofMinutes(5);
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 256 << 10;

  private final String connector;
  private final URI place;
  private final Supplier<SSLContext> tls;
  private final Duration patience;
  private final AtomicBoolean had = new AtomicBoolean(true);

  /**
   * @param connector whose sender has the tokens
   * @param place the URL of the set
   * @param tls what is shown to the token server and trusted of it; asked for each time
   */
  public TokenKeys(String connector, URI place, Supplier<SSLContext> tls) {
    this(connector, place, tls, PATIENCE);
  }

  TokenKeys(String connector, URI place, Supplier<SSLContext> tls, Duration patience) {
    if (place.getHost() == null || !String.valueOf(place.getScheme()).matches("https?")) {
      throw new IllegalArgumentException("it is no HTTP URL");
    }
    this.connector = connector;
    this.place = place;
    this.tls = tls;
    this.patience = patience;
  }

  JWKSource<SecurityContext> source() {
    try {
      ResourceRetriever retriever = this::fetch;
      return JWKSourceBuilder.create(place.toURL(), retriever)
          .cache(GOOD_FOR.toMillis(), patience.toMillis())
          .refreshAheadCache(false)
          .rateLimited(BETWEEN.toMillis())
          .healthReporting(
              report ->
                  tell(report.getHealthStatus() == HealthStatus.HEALTHY, report.getException()))
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("it is no HTTP URL", e);
    }
  }

  /** Once, however many senders are told to come again. */
  private void tell(boolean isHad, Exception cause) {
    boolean wasHad = had.getAndSet(isHad);
    if (wasHad && !isHad) {
      LOG.warn(
          "connector {}: the keys of the token server at {} are not to be had, senders are told to come again: {}",
          connector,
          place.getHost(),
          String.valueOf(cause.getCause() == null ? cause : cause.getCause()));
    } else if (isHad && !wasHad) {
      LOG.info("connector {}: the token server at {} is there again", connector, place.getHost());
    }
  }

  private Resource fetch(URL url) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .sslContext(context())
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
    requests.setReadTimeout(patience);
    URI where = URI.create(url.toString());
    try (ClientHttpResponse answer = requests.createRequest(where, HttpMethod.GET).execute()) {
      if (!answer.getStatusCode().isSameCodeAs(HttpStatus.OK)) {
        throw new IOException("it answers " + answer.getStatusCode().value());
      }
      try (InputStream body = answer.getBody()) {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new IOException("it answers more than %d bytes".formatted(MOST_BYTES));
        }
        return new Resource(new String(bytes, StandardCharsets.UTF_8), "application/json");
      }
    }
  }

  private SSLContext context() throws IOException {
    try {
      return tls.get();
    } catch (RuntimeException e) {
      throw new IOException("the connector's tls cannot be used: " + e.getMessage(), e);
    }
  }
}
