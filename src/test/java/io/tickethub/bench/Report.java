package io.tickethub.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;

/**
 * One report as a source system sends it, about 1 KB of JSON.
 *
 * @param id of the message
 * @param ticket by the source's number
 * @param sequence of the report in its ticket, from 1
 * @param time when it happened
 * @param inquiry whether the targets need not know of it
 */
record Report(String id, String ticket, int sequence, Instant time, boolean inquiry) {

  /** The action of a report that no target has to know of. */
  static final String INQUIRY = "inquiry";

  private static final String REMARK =
      "客户反映宽带频繁掉线，已重启光猫无效，要求当日上门处理。Customer reports frequent line drops; restarting the modem did not help. "
          .repeat(4);

  byte[] body() {
    return """
        {"id": "%s", "ticket": "%s", "sequence": %d, "time": "%s", "action": "%s",
         "title": "宽带无法上网", "remark": "%s", "district": "防城港",
         "customer": {"number": "C-%s", "name": "张三", "phone": "07702812345"},
         "product": {"name": "光纤宽带", "serviceNumber": "07702812345"}}
        """
        .formatted(
            id,
            ticket,
            sequence,
            time,
            inquiry ? INQUIRY : sequence == 1 ? "open" : "feedback",
            REMARK,
            ticket)
        .getBytes(UTF_8);
  }
}
