package io.tickethub.storage;

import java.io.IOException;
import java.util.Optional;

/** The database server this process runs, if any. */
record DatabaseServer(Optional<EmbeddedDatabase> embedded) implements AutoCloseable {

  @Override
  public void close() throws IOException {
    if (embedded.isPresent()) {
      embedded.get().close();
    }
  }
}
