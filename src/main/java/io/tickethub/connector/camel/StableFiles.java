package io.tickethub.connector.camel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Lets a file through when it is complete: its name is plain, and neither its size nor its time has
 * changed for a second between two polls. As {@code filter=#stableFiles} of an FTP or SFTP
 * endpoint. Camel's {@code readLock=changed} asks the same question but waits a second for every
 * single file.
 */
public final class StableFiles implements GenericFileFilter<Object> {

  private static final Duration STILL = Duration.ofSeconds(1);
  private static final int MOST_FILES = 50_000;

  private record Look(long size, long modified, Instant since) {}

  private final FileNameCheck names;
  private final InstantSource clock;
  private final Cache<String, Look> looks =
      Caffeine.newBuilder().maximumSize(MOST_FILES).expireAfterAccess(Duration.ofHours(1)).build();

  StableFiles(String connector, InstantSource clock) {
    this.names = new FileNameCheck(connector);
    this.clock = clock;
  }

  @Override
  public boolean accept(GenericFile<Object> file) {
    if (file.isDirectory() || !names.accept(file)) {
      return false;
    }
    Instant now = clock.instant();
    Look fresh = new Look(file.getFileLength(), file.getLastModified(), now);
    Look last = looks.asMap().merge(file.getAbsoluteFilePath(), fresh, StableFiles::unchanged);
    return !now.isBefore(last.since().plus(STILL));
  }

  private static Look unchanged(Look before, Look fresh) {
    boolean same = before.size() == fresh.size() && before.modified() == fresh.modified();
    return same ? before : fresh;
  }
}
