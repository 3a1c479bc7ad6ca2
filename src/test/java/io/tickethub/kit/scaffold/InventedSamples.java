package io.tickethub.kit.scaffold;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** Samples of systems that do not exist. */
final class InventedSamples {

  private static final Charset GBK = Charset.forName("GBK");

  private static final String HEADER_112 =
      "流水 故障号 是否光网 区局 分局 站点 申告时间 业务类型 申告大类 申告现象 测试代码 测试结果 申告备注 申告联系信息 是否二级预处理 结案方式 结案历时"
          + " 受理来源 一级受理员 一级预处理工号 一级预处理建议 一级预处理结案代码 二级预处理结案代码 二级预处理备注 二级工号 二级结案时间"
          + " 派修时间 派修工号 派修方向 派修中心 三级故障大类 三级故障修复代码 三级工号 三级修复时间";

  private static final List<String> COLUMNS_53 =
      List.of(
          "流水号", "工单编号", "工单标题", "受理时间", "联系人", "联系电话", "客户编号", "客户等级", "产品名称", "故障描述", "区域", "车牌号",
          "终端编号", "受理工号", "受理渠道", "预处理结果");

  private InventedSamples() {}

  /** Twelve lines of {@code fault_infor}, as the domain describes it. */
  static String export112() {
    StringBuilder text = new StringBuilder(HEADER_112.replace(" ", "_+|")).append('\n');
    for (int i = 0; i < 12; i++) {
      String day = "2026-01-05%02d:03:00".formatted(9 + i);
      boolean repaired = i % 3 == 0;
      List<String> values =
          List.of(
              "LS%06d".formatted(i),
              "GZ20260105%02d".formatted(i),
              i % 2 == 0 ? "是" : "否",
              i % 2 == 0 ? "防城区" : "港口区",
              "中心分局",
              "站点" + i % 4,
              day,
              List.of("光纤宽带", "固话", "ITV").get(i % 3),
              List.of("宽带类", "语音类", "视频类").get(i % 3),
              List.of("不能上网", "无拨号音", "花屏").get(i % 3),
              "T0" + i % 3,
              "正常",
              "客户反映昨晚起不能使用，第%d次".formatted(i),
              "张三1380000%04d".formatted(1200 + i),
              "否",
              "现场",
              "3." + i,
              "10000",
              "8001",
              "8002",
              "建议派修",
              "A1",
              "",
              "",
              "",
              "",
              "2026-01-05%02d:10:00".formatted(9 + i),
              "900" + i % 5,
              "外线",
              "装维中心",
              repaired ? "线路故障" : "",
              repaired ? "R01" : "",
              repaired ? "7001" : "",
              repaired ? "2026-01-06%02d:00:00".formatted(i + 8) : "1900-01-0100:00:00");
      text.append(String.join("_+|", values)).append('\n');
    }
    return text.toString();
  }

  /** 53 columns, 40 lines with the header, three of them wrong. */
  static String dirtyCsvOf53Columns() {
    List<String> columns = new ArrayList<>(COLUMNS_53);
    for (int i = columns.size() + 1; i <= 53; i++) {
      columns.add("扩展字段" + i);
    }
    StringBuilder text = new StringBuilder(String.join(",", columns)).append("\r\n");
    for (int i = 0; i < 38; i++) {
      if (i == 7) {
        text.append("这一行,只有,三列\r\n");
      }
      if (i == 20) {
        text.append(String.join(",", record(i, columns.size()))).append(",多,余\r\n");
      }
      if (i == 30) {
        text.append("\"没有结束的引号,").append("x,".repeat(10)).append("\r\n");
      }
      text.append(String.join(",", record(100 + i, columns.size()))).append("\r\n");
    }
    return text.toString();
  }

  private static List<String> record(int i, int columns) {
    List<String> record =
        new ArrayList<>(
            List.of(
                "MSG%08d".formatted(i),
                "WO-2026-%05d".formatted(i),
                "车载终端不上线",
                "2026/1/%d %d:%02d".formatted(1 + i % 28, 8 + i % 10, i % 60),
                List.of("王小明", "李雷", "韩梅").get(i % 3),
                i % 4 == 0 ? "0770-28%05d".formatted(i) : "139%08d".formatted(i),
                "C%06d".formatted(i),
                List.of("金牌", "银牌", "普通").get(i % 3),
                i % 11 == 0 ? "神秘业务" : List.of("车务通", "专线").get(i % 2),
                "\"终端离线，重启无效,第%d次\"".formatted(i),
                i % 2 == 0 ? "港口区" : "防城区",
                "桂P%05d".formatted(i),
                "GPS-%05d".formatted(i),
                "80" + i % 7,
                "电话",
                "无"));
    while (record.size() < columns) {
      record.add(record.size() % 3 == 0 ? "-" : record.size() % 3 == 1 ? "" : "值" + i % 9);
    }
    return record;
  }

  static String progress(String id, String state, String why) {
    return """
        {
          "消息编号": "%s",
          "工单": {"平台单号": "TH20260105000001", "合作方单号": "P-7001"},
          "状态": "%s",
          "处理时间": "2026-01-05 09:30:00",
          "挂起原因": "%s",
          "处理结果": "更换光模块",
          "备注": "工程师已到场"
        }
        """
        .formatted(id, state, why);
  }

  static String xmlTicket(int number) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <TroubleTicketMessage xmlns="urn:example:tt:1" version="1.2">
          <Header><MessageId>M-000%1$d</MessageId><Sender>ACME</Sender></Header>
          <Ticket>
            <TicketNumber>TT-55%1$d</TicketNumber>
            <TicketType>Incident</TicketType>
            <Subject>Leased line is down %1$d</Subject>
            <ProblemDescription>No light since this morning</ProblemDescription>
            <ServiceType>Leased line</ServiceType>
            <ReportedAt>2026-01-05T09:0%1$d:00+08:00</ReportedAt>
            <Contact><Name>Jane Miller</Name><Phone>0770281234%1$d</Phone></Contact>
            <Priority>2</Priority>
          </Ticket>
        </TroubleTicketMessage>
        """
        .formatted(number);
  }

  static String listOfCases() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 1; i <= 3; i++) {
      text.append(i == 1 ? "" : ",")
          .append(
              """
              {"caseNumber": "CS-%1$d", "summary": "Portal does not open %1$d", "details": "Error 502",
               "createdAt": %2$d, "customer": {"name": "Acme", "phone": "1380000000%1$d", "tier": "gold"}}
              """
                  .formatted(i, 1_767_575_000_000L + i));
    }
    return text.append("]").toString();
  }

  /** A column of the broadband partner's file: its title and its bytes of GBK. */
  private record Wide(String title, int bytes) {}

  private static final List<Wide> BROADBAND =
      List.of(
          new Wide("流水号", 10),
          new Wide("障碍单号", 14),
          new Wide("申告时间", 14),
          new Wide("客户姓名", 12),
          new Wide("联系电话", 14),
          new Wide("客户编号", 10),
          new Wide("客户等级", 8),
          new Wide("申告次数", 8),
          new Wide("宽带账号", 16),
          new Wide("装机地址", 50),
          new Wide("区域", 8),
          new Wide("业务类型", 12),
          new Wide("带宽", 6),
          new Wide("障碍现象", 24),
          new Wide("申告备注", 60),
          new Wide("受理工号", 8),
          new Wide("受理渠道", 8),
          new Wide("是否重复", 8),
          new Wide("派单时间", 20),
          new Wide("预处理结果", 20));

  /** The bytes of its lines. */
  static final int BROADBAND_BYTES = BROADBAND.stream().mapToInt(Wide::bytes).sum();

  static List<Integer> broadbandWidths() {
    return BROADBAND.stream().map(Wide::bytes).toList();
  }

  static List<String> broadbandTitles() {
    return BROADBAND.stream().map(Wide::title).toList();
  }

  /** So many faults of a broadband partner, 20 columns of fixed widths. */
  static String broadbandFaults(int faults, boolean header) {
    StringBuilder text = new StringBuilder();
    if (header) {
      BROADBAND.forEach(column -> text.append(padded(column.title(), column.bytes())));
      text.append("\r\n");
    }
    for (int i = 0; i < faults; i++) {
      List<String> values =
          List.of(
              "%010d".formatted(40_170 + i * 7),
              "KD20260105%04d".formatted(i + 31),
              "20260105%02d%02d%02d".formatted(8 + i % 10, i * 13 % 60, i * 7 % 60),
              List.of("黄丽", "韦国强", "覃小燕", "欧阳建华", "陈志").get(i % 5),
              i % 4 == 0
                  ? "0770-28%05d".formatted(12_000 + i * 37)
                  : "139%08d".formatted(70_000_123 + i * 991),
              "B%07d".formatted(300_100 + i * 3),
              List.of("金牌", "银牌", "普通").get(i % 3),
              right(String.valueOf(i % 5 == 0 ? 12 : 1 + i % 3), 8),
              "fcg%06d".formatted(880_011 + i * 17),
              List.of("港口区兴港大道", "防城区教育路", "东兴市北仑大道", "上思县思阳镇更生街").get(i % 4) + (i * 3 + 1) + "号",
              List.of("港口区", "防城区", "东兴市", "上思县").get(i % 4),
              List.of("光纤宽带", "固定电话").get(i % 2),
              List.of("100M", "300M", "1000M").get(i % 3),
              List.of("不能上网", "网速慢", "频繁掉线", "光猫红灯").get(i % 4),
              i % 6 == 5 ? "" : "用户反映" + List.of("昨晚起", "今早", "雷雨后").get(i % 3) + "无法使用，请尽快处理",
              List.of("8001", "8002", "8017").get(i % 3),
              List.of("电话", "微信").get(i % 2),
              i % 5 == 0 ? "是" : "否",
              i % 3 == 0 ? "" : "2026-01-05 %02d:%02d:00".formatted(9 + i % 10, i * 11 % 60),
              i % 2 == 0 ? "重启光猫无效" : "线路测试异常");
      for (int column = 0; column < values.size(); column++) {
        text.append(padded(values.get(column), BROADBAND.get(column).bytes()));
      }
      text.append("\r\n");
    }
    return text.toString();
  }

  private static String padded(String value, int bytes) {
    return value + " ".repeat(bytes - value.getBytes(GBK).length);
  }

  private static String right(String value, int bytes) {
    return " ".repeat(bytes - value.length()) + value;
  }

  /** A file of JSON lines, each a state that a partner reports. */
  static String progressLines() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      text.append(
          "{\"updateId\":\"U-%05d\",\"operatorTicketNo\":\"TH2026010500%04d\",\"caseNo\":\"QX-%d\",\"status\":\"%s\",\"statusTime\":\"2026-01-05 %02d:30:00\",\"engineer\":{\"name\":\"%s\"},\"remark\":\"%s\"}\n"
              .formatted(
                  7_000 + i,
                  1 + i / 3,
                  501 + i / 3,
                  List.of("已接单", "处理中", "已修复").get(i % 3),
                  9 + i % 3,
                  List.of("李雷", "韩梅").get(i % 2),
                  List.of("已联系用户", "工程师在途", "更换光猫").get(i % 3)));
    }
    return text.toString();
  }
}
