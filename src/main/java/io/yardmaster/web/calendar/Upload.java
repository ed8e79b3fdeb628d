package io.yardmaster.web.calendar;

import io.yardmaster.calendar.HolidayFile;
import io.yardmaster.calendar.ImportedDays;
import io.yardmaster.database.Invalid;
import io.yardmaster.web.form.Form;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glassfish.jersey.media.multipart.FormDataBodyPart;
import org.glassfish.jersey.media.multipart.FormDataMultiPart;

/**
 * A form that came with a file.
 *
 * @param form its other fields
 * @param file what the file holds; empty if none was chosen
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
record Upload(Form form, byte[] file) {
    static final String FILE = "file";
    static final String TEXT = "text";

    static Upload of(FormDataMultiPart sent) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        sent.getFields().forEach((name, parts) -> {
            if (!name.equals(FILE)) {
                fields.put(name, parts.stream().map(FormDataBodyPart::getValue).toList());
            }
        });
        FormDataBodyPart file = sent.getField(FILE);
        return new Upload(Form.of(fields), file == null ? new byte[0] : file.getValueAs(byte[].class));
    }

    /** @throws Invalid naming what cannot be read: the field is {@value #FILE} or {@value #TEXT} */
    ImportedDays days(LocalDate horizon) {
        if (file.length > 0) {
            return HolidayFile.read(file, horizon);
        }
        String pasted = form.value(TEXT);
        if (pasted.isBlank()) {
            throw new Invalid(FILE, null, "invalid.import.empty");
        }
        try {
            return HolidayFile.read(pasted, horizon);
        } catch (Invalid wrong) {
            throw new Invalid(
                    wrong.problems().stream().map(problem -> problem.at(TEXT)).toList());
        }
    }
}
