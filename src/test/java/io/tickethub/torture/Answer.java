package io.tickethub.torture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The answer to one POST as it comes on the wire, whether or not the sender has said everything. An
 * HTTP client would do as well, did it not tell of an answer only when it could say no more.
 *
 * @param status 0 if the connection ended without an answer
 * @param after from the connection to the first line of the answer, or to its end
 */
record Answer(int status, Duration after) {

  private static final int CHUNK = 1 << 14;
  private static final int PATIENCE_MILLISECONDS = 60_000;

  /** Sends the body in chunks on a connection of its own. */
  static Answer to(URI url, Map<String, String> headers, InputStream body)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLISECONDS);
      AtomicBoolean answered = new AtomicBoolean();
      Thread sender =
          new Thread(() -> send(socket, head(url, headers), body, answered), "hostile sender");
      sender.start();
      int status = status(socket);
      Duration after = Duration.ofNanos(System.nanoTime() - begin);
      answered.set(true);
      socket.close();
      sender.join();
      return new Answer(status, after);
    }
  }

  private static String head(URI url, Map<String, String> headers) {
    StringBuilder head =
        new StringBuilder(
            "POST %s HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
                .formatted(url.getRawPath(), url.getAuthority()));
    headers.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
    return head.append("\r\n").toString();
  }

  private static void send(Socket socket, String head, InputStream body, AtomicBoolean answered) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(US_ASCII));
      byte[] chunk = new byte[CHUNK];
      for (int size = body.read(chunk); size > 0 && !answered.get(); size = body.read(chunk)) {
        out.write((Integer.toHexString(size) + "\r\n").getBytes(US_ASCII));
        out.write(chunk, 0, size);
        out.write("\r\n".getBytes(US_ASCII));
      }
      out.write("0\r\n\r\n".getBytes(US_ASCII));
    } catch (IOException e) {
      // Whoever is refused while it speaks may find that nobody listens any more.
      return;
    }
  }

  private static int status(Socket socket) {
    StringBuilder line = new StringBuilder();
    try {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
        line.append(new String(new byte[] {(byte) octet}, ISO_8859_1));
      }
    } catch (IOException e) {
      return 0;
    }
    String[] words = line.toString().split(" ", 3);
    return words.length > 1 && words[1].matches("\\d{3}") ? Integer.parseInt(words[1]) : 0;
  }
}
