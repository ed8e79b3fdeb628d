package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * {@code POST /agent/v1/sessions/{session}/reports}. Idempotent by run and epoch. Answered 204 when all are durable or
 * known to be of the past.
 *
 * @param reports at most 500
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReportRequest(List<Report> reports) {}
