package io.tickethub.connector.folder;

import java.time.Duration;
import java.time.ZoneId;
import org.springframework.scheduling.support.CronExpression;

/**
 * A file of ticket events, ready for use.
 *
 * @param channel its mapping gives one record for one event
 * @param schedule where one file ends and the next begins
 * @param settle how long after its end a file is written
 */
public record Exporting(
    OutboundChannel channel, CronExpression schedule, Duration settle, ZoneId zone) {}
