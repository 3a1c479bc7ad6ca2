package io.tickethub.kit.contract.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.apache.ftpserver.command.AbstractCommand;
import org.apache.ftpserver.command.impl.listing.DirectoryLister;
import org.apache.ftpserver.command.impl.listing.LISTFileFormater;
import org.apache.ftpserver.command.impl.listing.ListArgumentParser;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.ipfilter.SessionFilter;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.ProtocolCodecFilter;
import org.apache.mina.filter.codec.ProtocolEncoderAdapter;
import org.apache.mina.filter.codec.ProtocolEncoderOutput;
import org.apache.mina.filter.codec.textline.TextLineDecoder;

/** Speaks of files in a charset of its own, where the library knows only UTF-8. */
final class FtpNames implements SessionFilter {

  private final Charset names;

  FtpNames(Charset names) {
    this.names = names;
  }

  /** Of every new session; none is refused. */
  @Override
  public boolean accept(IoSession session) {
    session
        .getFilterChain()
        .replace("codec", new ProtocolCodecFilter(new Encoder(), new TextLineDecoder(names)));
    return true;
  }

  private final class Encoder extends ProtocolEncoderAdapter {
    @Override
    public void encode(IoSession session, Object message, ProtocolEncoderOutput out) {
      out.write(IoBuffer.wrap(message.toString().getBytes(names)));
    }
  }

  /** The command that lists files. */
  final class Listing extends AbstractCommand {
    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
        throws IOException, FtpException {
      try {
        session.resetState();
        session.write(
            new DefaultFtpReply(FtpReply.REPLY_150_FILE_STATUS_OKAY, "here are the files"));
        String files =
            new DirectoryLister()
                .listFiles(
                    ListArgumentParser.parse(request.getArgument()),
                    session.getFileSystemView(),
                    new LISTFileFormater());
        try {
          session
              .getDataConnection()
              .openConnection()
              .transferToClient(
                  session.getFtpletSession(), new ByteArrayInputStream(files.getBytes(names)));
        } catch (Exception e) {
          throw new IOException(e);
        }
        session.write(
            new DefaultFtpReply(FtpReply.REPLY_226_CLOSING_DATA_CONNECTION, "that was all"));
      } finally {
        session.getDataConnection().closeDataConnection();
      }
    }
  }
}
