package io.tickethub.connector.camel;

import io.tickethub.ticket.FailureKind;
import jakarta.jms.JMSSecurityException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * What the exception of a failed route means for the delivery: wait, give up, or stop until the
 * credentials are mended.
 */
final class FailureClassifier {

  /**
   * Statuses of RFC 9110 that say "later": 408 Request Timeout, 423 Locked, 425 Too Early, 429 Too
   * Many Requests.
   */
  private static final Set<Integer> LATER = Set.of(408, 423, 425, 429);

  private static final int FTP_NOT_LOGGED_IN = 530;

  private FailureClassifier() {}

  /**
   * A failure as the hub understands it.
   *
   * @param answer what came back; null for nothing
   */
  record Failure(FailureKind kind, String code, String text, byte[] answer) {}

  static Failure classify(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      Failure failure = known(cause);
      if (failure != null) {
        return failure;
      }
    }
    return new Failure(FailureKind.TEMPORARY, "route", describe(thrown), null);
  }

  private static Throwable next(Throwable cause) {
    return cause.getCause() == cause ? null : cause.getCause();
  }

  private static Failure known(Throwable cause) {
    if (cause instanceof HttpOperationFailedException http) {
      return http(http);
    }
    if (cause instanceof JMSSecurityException) {
      return new Failure(FailureKind.CREDENTIAL, "jms-security", describe(cause), null);
    }
    if (cause instanceof GenericFileOperationFailedException file) {
      return file(file);
    }
    if (cause instanceof SSLHandshakeException) {
      return new Failure(FailureKind.CREDENTIAL, "tls", describe(cause), null);
    }
    if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
      return new Failure(FailureKind.TEMPORARY, "unreachable", describe(cause), null);
    }
    if (cause instanceof SocketTimeoutException) {
      return new Failure(FailureKind.TEMPORARY, "timeout", describe(cause), null);
    }
    if (cause instanceof IOException) {
      return new Failure(FailureKind.TEMPORARY, "connection", describe(cause), null);
    }
    return null;
  }

  private static Failure http(HttpOperationFailedException e) {
    int status = e.getStatusCode();
    FailureKind kind =
        switch (status) {
          case 401, 403, 407 -> FailureKind.CREDENTIAL;
          default ->
              status >= 500 || LATER.contains(status)
                  ? FailureKind.TEMPORARY
                  : FailureKind.PERMANENT;
        };
    byte[] answer =
        e.getResponseBody() == null ? null : e.getResponseBody().getBytes(StandardCharsets.UTF_8);
    return new Failure(kind, "http-" + status, "the system answered HTTP " + status, answer);
  }

  private static Failure file(GenericFileOperationFailedException e) {
    boolean refused =
        e.getCode() == FTP_NOT_LOGGED_IN
            || String.valueOf(e.getMessage()).contains("Auth fail")
            || String.valueOf(e.getCause()).contains("Auth fail");
    return refused
        ? new Failure(FailureKind.CREDENTIAL, "login", "the file server refused the login", null)
        : new Failure(FailureKind.TEMPORARY, "file-server", describe(e), null);
  }

  /** The exception in words, without what may stand in the message after the first line. */
  static String describe(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    int end = message.indexOf('\n');
    return "%s: %s"
        .formatted(
            thrown.getClass().getSimpleName(), end < 0 ? message : message.substring(0, end));
  }
}
