package io.tickethub.connector.camel;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.springframework.util.unit.DataSize;

/**
 * Lets no answer be endless: neither one that never stops, nor one that comes a byte at a time. The
 * client's own time-out begins anew with every byte.
 */
final class BoundedAnswer implements ExecChainHandler {

  /** Bytes a second that an answer comes with at least, once its time is over: 32 kbit/s. */
  private static final long SLOWEST = 4_096;

  private final Duration within;
  private final DataSize most;

  /** {@code within} is the time of a short answer; {@code most} is the size of the longest one. */
  BoundedAnswer(Duration within, DataSize most) {
    this.within = within;
    this.most = most;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpResponse response = chain.proceed(request, scope);
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      response.setEntity(new Bounded(entity, scope.execRuntime));
    }
    return response;
  }

  private final class Bounded extends HttpEntityWrapper {

    private final ExecRuntime connection;

    private Bounded(HttpEntity entity, ExecRuntime connection) {
      super(entity);
      this.connection = connection;
    }

    @Override
    public InputStream getContent() throws IOException {
      return new BoundedStream(super.getContent(), connection);
    }
  }

  private final class BoundedStream extends InputStream {

    private final InputStream answer;
    private final ExecRuntime connection;
    private final long start = System.nanoTime();
    private long count;

    private BoundedStream(InputStream answer, ExecRuntime connection) {
      this.answer = answer;
      this.connection = connection;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = answer.read(bytes, offset, length);
      if (read > 0) {
        count += read;
        check();
      }
      return read;
    }

    private void check() throws IOException {
      if (count > most.toBytes()) {
        connection.discardEndpoint();
        throw new IOException("the answer is longer than %d KB".formatted(most.toKilobytes()));
      }
      Duration late = Duration.ofNanos(System.nanoTime() - start).minus(within);
      if (late.toMillis() * SLOWEST / 1_000 > count) {
        connection.discardEndpoint();
        throw new SocketTimeoutException(
            "the answer has not come to its end within %s, and comes too slowly to wait for it"
                .formatted(within));
      }
    }

    @Override
    public void close() throws IOException {
      answer.close();
    }
  }
}
