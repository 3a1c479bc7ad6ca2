package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import picocli.CommandLine.Option;

/** Where the running hub is, and how to ask it. */
final class OperationsClient {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "the hub; default: HUB_URL, or what the hub wrote to data/endpoint when it started")
  private String url;

  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      defaultValue = "data",
      description =
          "the hub's data, where the token is (default: ${DEFAULT-VALUE}); HUB_TOKEN goes before it")
  private Path data;

  private final JsonMapper json = new JsonMapper();

  /** The hub did not do what was asked. */
  static final class OperationsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    OperationsException(int exitCode, String message) {
      super(message);
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  JsonNode get(String path, Map<String, String> query) {
    return parse(send(request(path, query).GET().build(), HttpResponse.BodyHandlers.ofByteArray()));
  }

  JsonNode post(String path, Map<String, String> query) {
    return parse(
        send(
            request(path, query).POST(HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofByteArray()));
  }

  JsonNode post(String path, Map<String, String> query, byte[] body) {
    return parse(
        send(
            request(path, query).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
            HttpResponse.BodyHandlers.ofByteArray()));
  }

  /** Something that is no JSON. */
  byte[] bytes(String path, Map<String, String> query) {
    return send(request(path, query).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  JsonNode delete(String path) {
    return delete(path, Map.of());
  }

  JsonNode delete(String path, Map<String, String> query) {
    return parse(
        send(request(path, query).DELETE().build(), HttpResponse.BodyHandlers.ofByteArray()));
  }

  /** The raw bytes of something only the privacy token opens. */
  byte[] reveal(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(address(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token("HUB_PRIVACY_TOKEN", "privacy-token"))
            .build();
    return send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Something with personal data in it, which only the privacy token opens. */
  JsonNode getRevealed(String path) {
    return parse(reveal(path));
  }

  /** Posts with the privacy token. */
  JsonNode postRevealing(String path, Map<String, String> query, byte[] body) {
    return parse(
        send(
            request(path, query)
                .setHeader("Authorization", "Bearer " + token("HUB_PRIVACY_TOKEN", "privacy-token"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray()));
  }

  private HttpRequest.Builder request(String path, Map<String, String> query) {
    String parameters =
        query.entrySet().stream()
            .filter(entry -> entry.getValue() != null)
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(address(path + (parameters.isEmpty() ? "" : "?" + parameters)))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token("HUB_TOKEN", "operator-token"));
  }

  private URI address(String path) {
    String hub = endpoint();
    if (!hub.matches("https?://[^/\\s]+")) {
      throw new OperationsException(
          HubCommand.FAILED, "'%s' is no address of a hub: write http://HOST:PORT".formatted(hub));
    }
    return URI.create(hub + path);
  }

  /** For the parts of a path that come from the command line. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private byte[] send(HttpRequest request, HttpResponse.BodyHandler<byte[]> handler) {
    try {
      HttpResponse<byte[]> response = client().send(request, handler);
      if (response.statusCode() / 100 == 2) {
        return response.body();
      }
      throw refused(response);
    } catch (SSLException e) {
      throw new OperationsException(
          HubCommand.NOT_ANSWERING,
          "the hub at %s is not known by its certificate: %s"
              .formatted(endpoint(), e.getMessage()));
    } catch (IOException e) {
      throw new OperationsException(
          HubCommand.NOT_ANSWERING,
          "the hub at %s does not answer: is it running? (./hub run)".formatted(endpoint()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationsException(HubCommand.FAILED, "interrupted");
    }
  }

  /** The hub that wrote where it is also wrote its certificate, which may name another host. */
  private HttpClient client() throws IOException {
    Path certificate = data.resolve("endpoint.pem");
    return isWhereTheHubWrote() && Files.exists(certificate)
        ? HttpClient.newBuilder().sslContext(PinnedCertificate.context(certificate)).build()
        : HttpClient.newHttpClient();
  }

  private boolean isWhereTheHubWrote() {
    return url == null && System.getenv("HUB_URL") == null;
  }

  private OperationsException refused(HttpResponse<byte[]> response) {
    int exitCode = response.statusCode() == 404 ? HubCommand.NOT_FOUND : HubCommand.FAILED;
    if (response.statusCode() == 401) {
      return new OperationsException(
          exitCode,
          "the hub does not accept the token: give --data or the environment's HUB_TOKEN");
    }
    try (InputStream body = new java.io.ByteArrayInputStream(response.body())) {
      return new OperationsException(
          exitCode, json.readTree(body).path("detail").asText("the hub refuses this"));
    } catch (IOException e) {
      return new OperationsException(exitCode, "the hub answered " + response.statusCode());
    }
  }

  private JsonNode parse(byte[] body) {
    try {
      return json.readTree(body);
    } catch (IOException e) {
      throw new OperationsException(HubCommand.FAILED, "the hub's answer is no JSON");
    }
  }

  private String endpoint() {
    if (url != null) {
      return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
    String given = System.getenv("HUB_URL");
    if (given != null) {
      return given;
    }
    try {
      return Files.readString(data.resolve("endpoint")).strip();
    } catch (IOException e) {
      return "http://127.0.0.1:8080";
    }
  }

  private String token(String variable, String file) {
    String given = System.getenv(variable);
    if (given != null) {
      return given;
    }
    Path path = data.resolve("keys").resolve(file);
    try {
      return Files.readString(path).strip();
    } catch (IOException e) {
      throw new OperationsException(
          HubCommand.FAILED,
          "no token: %s cannot be read and %s is not set".formatted(path, variable));
    }
  }
}
