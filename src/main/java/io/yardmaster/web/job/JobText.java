package io.yardmaster.web.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobVersion;
import io.yardmaster.web.definition.Document;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.definition.DocumentReader;
import io.yardmaster.web.definition.DocumentWriter;
import io.yardmaster.web.definition.Format;
import io.yardmaster.web.form.Form;
import java.util.List;

/** A job as YAML. */
final class JobText {
    private JobText() {}

    static String yaml(JobDocument job) {
        return DocumentWriter.yaml(List.of(job));
    }

    /** @throws Invalid naming what cannot be read */
    static JobDocument read(String yaml) {
        Document document = DocumentReader.read(yaml, Format.YAML);
        if (document instanceof JobDocument job) {
            return job;
        }
        throw new Invalid("kind", DocumentWriter.fields(document).get("kind"), "invalid.kind.job");
    }

    static JobDocument withoutSchedules(JobDocument job) {
        return with(job, null);
    }

    static JobDocument with(JobDocument job, List<Document.ScheduleEntry> schedules) {
        return new JobDocument(
                job.namespace(),
                job.name(),
                job.description(),
                job.queue(),
                job.enabled(),
                job.definition(),
                schedules);
    }

    /** As the job was in {@code version}. */
    static JobDocument of(Job job, JobVersion version) {
        return new JobDocument(
                job.namespace(),
                job.name(),
                version.description(),
                version.queue(),
                version.enabled(),
                version.definition(),
                null);
    }

    /** The same in the words that the form would use, so that two texts differ in nothing but what they say. */
    static String plain(JobDocument job) {
        JobDocument plain = JobForm.document(JobForm.fill(Form.empty(), withoutSchedules(job)), new Invalid.Problems());
        return yaml(with(plain, job.schedules()));
    }
}
