package io.tickethub.torture;

/**
 * A moment between two steps that must not both be taken for granted.
 *
 * @param title for people
 * @param type the class whose method begins at that moment
 */
record Boundary(String title, String type, String method) {

  /** Where the hub is killed on purpose. */
  static final java.util.List<Boundary> ALL =
      java.util.List.of(
          of("received, not written", "intake.IntakeQueue", "putAll"),
          of("on disk, no receipt yet", "connector.channel.Receipt", "<init>"),
          of("taken from the queue, nothing written", "intake.BatchWriter", "write"),
          of("database committed, broker not", "delivery.HandOver", "begin"),
          of("event published, broker not committed", "intake.EventTopic", "send"),
          of("both committed, nothing counted", "intake.Pipeline", "applied"),
          of("delivery claimed, not begun", "delivery.Dispatcher", "begin"),
          of("delivery about to be sent", "connector.camel.CamelOutlet", "deliver"),
          of("delivered, nothing settled", "delivery.Outcome$Taken", "<init>"),
          of("delivered, about to be written down", "delivery.Settlement", "write"),
          of("settled, memory behind", "delivery.Dispatcher", "settled"));

  private static Boundary of(String title, String type, String method) {
    return new Boundary(title, "io.tickethub." + type, method);
  }
}
