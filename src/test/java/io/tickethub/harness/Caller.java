package io.tickethub.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Calls a hub by HTTP with whatever it likes, and takes every answer. */
public final class Caller {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI hub;

  public Caller(URI hub) {
    this.hub = hub;
  }

  /** What came back. */
  public record Answer(HttpResponse<byte[]> response) {

    public int status() {
      return response.statusCode();
    }

    /** The first value of a header; empty if it is not there. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + text(), e);
      }
    }

    /** A field of a JSON answer; empty if it is not there. */
    public String field(String name) {
      return json().path(name).asText();
    }
  }

  public Answer get(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    return call("GET", path, headers, BodyPublishers.noBody());
  }

  public Answer post(String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return call("POST", path, headers, BodyPublishers.ofByteArray(body));
  }

  /** Posts a body of unknown length, in chunks. */
  public Answer postStream(String path, Supplier<InputStream> body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return call("POST", path, headers, BodyPublishers.ofInputStream(body));
  }

  public Answer call(String method, String path, Map<String, String> headers, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(hub + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    headers.forEach(request::setHeader);
    return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
  }
}
