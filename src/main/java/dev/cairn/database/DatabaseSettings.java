package dev.cairn.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The embedded PostgreSQL.
 *
 * @param port on 127.0.0.1; 0 takes a free one at each start
 * @param programs folder that its programs are unpacked into; null for one in the data folder
 */
@Validated
@ConfigurationProperties("cairn.database")
record DatabaseSettings(@DefaultValue("0") @Min(0) @Max(65535) int port, @Nullable Path programs) {}
