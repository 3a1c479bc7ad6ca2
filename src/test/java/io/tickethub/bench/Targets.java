package io.tickethub.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The three systems that must be told, as one web server: {@code /CONTENDER/TARGET}. They check
 * that each ticket's reports come complete, once and in order. Thread-safe.
 */
final class Targets implements AutoCloseable {

  static final int COUNT = 3;

  private static final Pattern TICKET = Pattern.compile("\"ticket\":\\s*\"([^\"]+)\"");
  private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":\\s*(\\d+)");
  private static final byte[] ANSWER = "{}".getBytes(UTF_8);

  private final NioEventLoopGroup threads = new NioEventLoopGroup(2);
  private final Map<String, Audit> audits = new ConcurrentHashMap<>();
  private final Channel channel;

  Targets() throws InterruptedException {
    channel =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    client
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(1 << 20),
                            new Receiver());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  /** What one contender's targets were told. */
  static final class Audit {
    private final Map<String, Integer> last = new ConcurrentHashMap<>();
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong disordered = new AtomicLong();

    private void hear(String lane, int sequence) {
      last.compute(
          lane,
          (key, before) -> {
            int expected = before == null ? 1 : before + 1;
            if (sequence < expected) {
              repeated.incrementAndGet();
              return before;
            }
            if (sequence > expected) {
              disordered.incrementAndGet();
            }
            arrived.incrementAndGet();
            return sequence;
          });
    }

    /** Reports that arrived for the first time, over the three targets. */
    long arrived() {
      return arrived.get();
    }

    long repeated() {
      return repeated.get();
    }

    /** Reports that arrived before an earlier one of their ticket, or without it. */
    long disordered() {
      return disordered.get();
    }
  }

  private final class Receiver extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      String body = request.content().toString(UTF_8);
      Matcher ticket = TICKET.matcher(body);
      Matcher sequence = SEQUENCE.matcher(body);
      String[] path = request.uri().split("/");
      boolean understood = path.length == 3 && ticket.find() && sequence.find();
      if (understood) {
        audit(path[1]).hear(path[2] + "/" + ticket.group(1), Integer.parseInt(sequence.group(1)));
      }
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              understood ? HttpResponseStatus.OK : HttpResponseStatus.BAD_REQUEST,
              Unpooled.wrappedBuffer(ANSWER));
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, ANSWER.length);
      var sent = context.writeAndFlush(response);
      if (!HttpUtil.isKeepAlive(request)) {
        sent.addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  /** What the targets of a contender heard so far. */
  Audit audit(String contender) {
    return audits.computeIfAbsent(contender, name -> new Audit());
  }

  URI url(String contender, int target) {
    int port = ((InetSocketAddress) channel.localAddress()).getPort();
    return URI.create("http://127.0.0.1:%d/%s/%d".formatted(port, contender, target));
  }

  @Override
  public void close() {
    channel.close();
    threads.shutdownGracefully();
  }
}
