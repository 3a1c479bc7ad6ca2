package io.tickethub.kit.rehearsal;

import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageHistory.Span;

/** The running version of a connector, the changed one, and the messages to try them on. */
record Versions(Reading now, Reading then, Span span) {

  boolean concerns(JournalEntry entry) {
    return entry.connector().equals(span.connector())
        && entry.id() >= span.first()
        && entry.id() < span.end()
        && (span.channel() == null || span.channel().equals(entry.channel()));
  }
}
