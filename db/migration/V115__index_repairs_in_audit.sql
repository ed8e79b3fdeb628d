-- the servers page shows the latest repairs of alarms, which are few among many entries
CREATE INDEX audit_entry_of_repairs ON audit_entry (id DESC) WHERE action = 'alarm.repair';
