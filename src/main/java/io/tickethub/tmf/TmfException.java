package io.tickethub.tmf;

/** A request that cannot be done, as the specification's error body tells it. */
final class TmfException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  TmfException(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  static TmfException badRequest(String message) {
    return new TmfException(400, "Bad Request", message);
  }

  static TmfException forbidden(String message) {
    return new TmfException(403, "Forbidden", message);
  }

  static TmfException notFound(String message) {
    return new TmfException(404, "Not Found", message);
  }

  static TmfException conflict(String message) {
    return new TmfException(409, "Conflict", message);
  }

  static TmfException unavailable(String message) {
    return new TmfException(503, "Service Unavailable", message);
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }
}
