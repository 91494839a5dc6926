package dev.cairn.disk;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * When the disk of the data folder is full, and what is kept back for that case.
 *
 * @param fullBelow free bytes below which the disk counts as full; 0 to write until nothing is free
 * @param reserve bytes that a file keeps from others, and gives to the embedded database while the
 *     disk is full; 0 for none
 * @param checkInterval at which the disk is looked at when nothing is written
 */
@Validated
@ConfigurationProperties("cairn.disk")
public record DiskSettings(
    @DefaultValue("32MB") DataSize fullBelow,
    @DefaultValue("64MB") DataSize reserve,
    @DurationMin(millis = 10) @DefaultValue("1s") Duration checkInterval) {}
