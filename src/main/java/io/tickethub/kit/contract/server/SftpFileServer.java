package io.tickethub.kit.contract.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Collection;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server whose file names have any charset on the wire. */
public final class SftpFileServer extends FileServer {

  private final KeyPair hostKey;
  private final String password;
  private final Charset names;
  private int port;
  private SshServer server;

  /** {@code names}: the charset of file names. */
  public SftpFileServer(String password, Charset names) {
    this.password = password;
    this.names = names;
    this.hostKey = hostKey();
    up();
  }

  private static KeyPair hostKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks RSA", e);
    }
  }

  @Override
  public synchronized void up() {
    if (server != null) {
      return;
    }
    try {
      SshServer opened = SshServer.setUpDefaultServer();
      opened.setHost("127.0.0.1");
      opened.setPort(port);
      opened.setKeyPairProvider(session -> List.of(hostKey));
      opened.setPasswordAuthenticator((user, given, session) -> accepts(user, given, password));
      opened.setFileSystemFactory(new VirtualFileSystemFactory(root()));
      SubsystemFactory subsystems = new SubsystemFactory(names);
      subsystems.addSftpEventListener(new Book());
      opened.setSubsystemFactories(List.of(subsystems));
      opened.start();
      port = opened.getPort();
      server = opened;
    } catch (IOException e) {
      throw new UncheckedIOException("the SFTP server does not start", e);
    }
  }

  @Override
  public synchronized void down() {
    if (server != null) {
      try {
        server.stop(true);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server = null;
    }
  }

  /** New credentials count at once: who is logged in is thrown out. */
  @Override
  public void mood(Mood next) {
    if (next == Mood.LOCKED) {
      down();
    }
    super.mood(next);
  }

  @Override
  public int port() {
    return port;
  }

  /** The line of a known_hosts file that names this server. */
  public String knownHost() {
    return "[127.0.0.1]:%d %s".formatted(port, PublicKeyEntry.toString(hostKey.getPublic()));
  }

  /** Writes down what happens to files. */
  private final class Book implements SftpEventListener {

    @Override
    public void closed(
        ServerSession session,
        String remoteHandle,
        org.apache.sshd.sftp.server.Handle handle,
        Throwable thrown)
        throws IOException {
      if (handle instanceof FileHandle file
          && file.getOpenOptions().contains(java.nio.file.StandardOpenOption.WRITE)) {
        SftpFileServer.this.written(real(file.getFile()));
      }
    }

    @Override
    public void moved(
        ServerSession session, Path from, Path to, Collection<CopyOption> options, Throwable thrown)
        throws IOException {
      if (thrown == null) {
        SftpFileServer.this.renamed(real(from), real(to));
        if (is(Mood.LOSING_REPLIES)) {
          session.close(true);
        }
      }
    }

    private Path real(Path seen) {
      String relative = seen.toString().replaceFirst("^/+", "");
      return root().resolve(relative);
    }
  }

  /** Reads and writes names in their charset, where the library knows only UTF-8. */
  private static final class NamesBuffer extends ByteArrayBuffer {
    private final Charset names;

    private NamesBuffer(byte[] bytes, Charset names) {
      super(bytes);
      this.names = names;
    }

    @Override
    public String getString() {
      return getString(names);
    }

    @Override
    public void putString(String text) {
      putString(shown(text), names);
    }
  }

  private static final class Subsystem extends SftpSubsystem {
    private final Charset names;

    private Subsystem(ChannelSession channel, SubsystemFactory factory) {
      super(channel, factory);
      this.names = factory.names;
    }

    @Override
    protected void process(Buffer buffer) throws IOException {
      super.process(new NamesBuffer(buffer.getCompactData(), names));
    }

    @Override
    protected Buffer prepareReply(Buffer buffer) {
      return super.prepareReply(
          new NamesBuffer(new byte[Math.max(1024, buffer.capacity())], names));
    }
  }

  private static final class SubsystemFactory extends SftpSubsystemFactory {
    private final Charset names;

    private SubsystemFactory(Charset names) {
      this.names = names;
    }

    @Override
    public Command createSubsystem(ChannelSession channel) {
      SftpSubsystem subsystem = new Subsystem(channel, this);
      getRegisteredListeners().forEach(subsystem::addSftpEventListener);
      return subsystem;
    }
  }
}
