package dev.cairn.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How answers are streamed.
 *
 * @param resumeGrace how long an answer whose reader left waits for its return
 * @param heartbeat how often a stream without events gives a sign of life
 */
@ConfigurationProperties("cairn.answer")
public record StreamSettings(
    @DefaultValue("10s") Duration resumeGrace, @DefaultValue("15s") Duration heartbeat) {}
