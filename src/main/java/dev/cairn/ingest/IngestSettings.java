package dev.cairn.ingest;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How documents are taken in.
 *
 * @param uploadLimit bytes of one uploaded file, at most
 * @param htmlLimit bytes of one HTML file, at most: its tree of elements is held in memory while
 *     its text is taken out, which takes up to 20 times as many bytes of heap
 * @param workers stretches that this process encodes at once
 * @param planInterval after which the planner looks for work that has no job
 */
@Validated
@ConfigurationProperties("cairn.ingest")
public record IngestSettings(
    @DefaultValue("100MB") DataSize uploadLimit,
    @DefaultValue("16MB") DataSize htmlLimit,
    @Min(1) @DefaultValue("1") int workers,
    @DurationMin(millis = 10) @DefaultValue("1s") Duration planInterval) {}
