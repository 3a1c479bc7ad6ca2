package io.tickethub.connector.camel;

import io.github.bucket4j.Bucket;
import io.tickethub.connector.channel.Admission;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.FileAdmission;
import io.tickethub.connector.channel.ListAdmission;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.mapping.RecordFormat;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * One way in.
 *
 * @param files takes whole files of records; null where a message is taken at a time
 * @param lists takes lists of tickets; null where changes are taken
 * @param headers the only headers that come in
 * @param rate how many messages a second are taken
 * @param traced whether anybody wants to know of which trace a message is
 */
record Inlet(
    Admission admission,
    FileAdmission files,
    ListAdmission lists,
    Set<String> headers,
    Bucket rate,
    boolean traced) {

  static Inlet of(Admission admission, ListAdmission lists, AdmissionParts parts) {
    InboundChannel channel = admission.channel();
    ConnectorManifest.Inbound form = channel.form();
    boolean ofRecords = channel.translation().format() instanceof RecordFormat;
    return new Inlet(
        admission,
        ofRecords ? new FileAdmission(admission, parts) : null,
        lists,
        headers(channel),
        bucket(form.limits().perSecond()),
        parts.tracing().isOn());
  }

  private static Set<String> headers(InboundChannel channel) {
    ConnectorManifest.Inbound form = channel.form();
    Set<String> headers = new TreeSet<>(form.headers());
    channel.proofs().forEach(proof -> headers.addAll(proof.headers()));
    if (form.reply() != null) {
      headers.add(form.reply().to());
      headers.add(form.reply().correlation());
    }
    return Set.copyOf(headers);
  }

  private static Bucket bucket(int perSecond) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }
}
