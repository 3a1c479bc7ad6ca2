package io.tickethub.journal;

import java.util.Map;

/** How long the bodies of messages are kept. */
public interface BodyRetention {

  /** In days; at least 1. */
  int days(String connector);

  /** The same of every connector that runs. */
  Map<String, Integer> running();
}
