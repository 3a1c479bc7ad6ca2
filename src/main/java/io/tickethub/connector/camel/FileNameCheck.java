package io.tickethub.connector.camel;

import java.util.regex.Pattern;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only plain file names through: a server may list whatever it likes, and a name that leads
 * elsewhere would be followed by every later operation (CVE-2026-79983).
 */
public final class FileNameCheck implements GenericFileFilter<Object> {

  private static final Logger LOG = LoggerFactory.getLogger(FileNameCheck.class);
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_. ()-]{0,199}");

  private final String connector;

  FileNameCheck(String connector) {
    this.connector = connector;
  }

  @Override
  public boolean accept(GenericFile<Object> file) {
    boolean plain =
        file.isDirectory() || isPlain(file.getFileNameOnly()) && isPlain(file.getFileName());
    if (!plain) {
      LOG.warn("{}: a file whose name is not plain is left alone", connector);
    }
    return plain;
  }

  static boolean isPlain(String name) {
    return name != null && PLAIN.matcher(name).matches() && !name.contains("..");
  }
}
