package io.tickethub.torture;

/** How a target takes what it is told. */
enum Mood {
  WELL,
  /** Nobody listens: the connection is refused. */
  REFUSES,
  /** Connections are never made: the network swallows them. */
  BLACK_HOLE,
  /** Takes the connection and the request, and never answers. */
  HANGS,
  /** Answers 503. */
  FAILS,
  /** Answers 401. */
  WRONG_CREDENTIALS,
  /** Does what it is told, and now and then an answer is lost: its breaker stays closed. */
  LOSES_ANSWERS
}
