package io.tickethub.broker;

/** Who listens to the hub's topics. */
@FunctionalInterface
public interface Audience {

  /**
   * Whether a message to the topic would be kept or given to anybody. Whoever subscribes after the
   * answer hears what is sent from then on.
   *
   * @return true, too, if that cannot be known
   */
  boolean listens(String topic);
}
