import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const quickLists: Migration = {
  version: 355,
  name: 'quick-lists',
  up(db) {
    driverOf(db).exec(`
      -- What was done lately and may have been done too late, for the clocks of what is owed. Most is done in time: those clocks
      -- look at every change, and must not read what a month has brought. The exact end follows from the calendar and the
      -- settings, so each condition lets through what no setting can call late: an entry in the register by the day after the
      -- arrival, or within the five minutes that are the least for an urgent one; a notice of receipt on its day; the work by
      -- its day. Of a document that is sent each part of the way may have taken the day or half of the five minutes.
      DROP INDEX incoming_document_registered;
      CREATE INDEX incoming_document_entered_late ON incoming_document (registered_at) WHERE registered_at IS NOT NULL
        AND (date(registered_at, '+7 hours') > date(arrived_at, '+7 hours', '+1 day')
          OR (urgency > 0 AND unixepoch(registered_at) - unixepoch(arrived_at) >= 300));
      DROP INDEX incoming_document_done;
      CREATE INDEX incoming_document_done_late ON incoming_document (done_at)
        WHERE done_at IS NOT NULL AND date(done_at, '+7 hours') > COALESCE(deadline, due_date);
      DROP INDEX outbox_receipt_delivered;
      CREATE INDEX outbox_receipt_late ON outbox (delivered_at)
        WHERE status_code = '01' AND delivered_at IS NOT NULL AND date(delivered_at, '+7 hours') > date(created_at, '+7 hours');
      DROP INDEX outgoing_document_sent;
      CREATE INDEX outgoing_document_given_late ON outgoing_document (sent_at) WHERE sent_at IS NOT NULL
        AND (date(sent_at, '+7 hours') > date(COALESCE(signed_at, issued_at), '+7 hours')
          OR (urgency > 0 AND unixepoch(sent_at) - unixepoch(COALESCE(signed_at, issued_at)) >= 150));
      CREATE INDEX recipient_left_late ON recipient (sent_at, document) WHERE sent_at IS NOT NULL
        AND (date(sent_at, '+7 hours') > date(added_at, '+7 hours') OR unixepoch(sent_at) - unixepoch(added_at) >= 150);
      CREATE INDEX change_request_decided ON change_request (decided_at) WHERE decided_at IS NOT NULL;

      -- Documents of the axis whose sender was never told that they came; none, unless something went wrong.
      CREATE TABLE arrival_untold (
        document TEXT PRIMARY KEY REFERENCES incoming_document (id) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;
      INSERT INTO arrival_untold SELECT id FROM incoming_document AS d
        WHERE source = 'axis' AND NOT EXISTS (SELECT 1 FROM outbox WHERE incoming = d.id AND status_code = '01');
      CREATE TRIGGER arrival_untold_came AFTER INSERT ON incoming_document WHEN NEW.source = 'axis' BEGIN
        INSERT INTO arrival_untold VALUES (NEW.id);
      END;
      CREATE TRIGGER arrival_untold_told AFTER INSERT ON outbox WHEN NEW.status_code = '01' AND NEW.incoming IS NOT NULL BEGIN
        DELETE FROM arrival_untold WHERE document = NEW.incoming;
      END;

      -- The rows of recipients that may ask for attention, with what tells whether they do: they are counted for every page.
      DROP INDEX recipient_alarming;
      CREATE INDEX recipient_alarming
        ON recipient (document, heard_at, refused, take_back, sent_at, added_at, take_back_at, settled_at, cancelled_at, id)
        WHERE cancelled_at IS NULL AND (heard_at IS NULL OR refused = 1 OR take_back IN ('asked', 'refused'));

      CREATE INDEX assignment_undated ON assignment (id) WHERE ended_at IS NULL AND due IS NULL;

      -- What a list of sent messages is compared with.
      CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE state = 'delivered';

      -- What else points at a document: looked for when one is opened, and by SQLite itself for each one that is taken out
      -- again with an old register.
      CREATE INDEX incoming_document_replaced_by ON incoming_document (replaced_by) WHERE replaced_by IS NOT NULL;
      CREATE INDEX outgoing_document_replaced_by ON outgoing_document (replaced_by) WHERE replaced_by IS NOT NULL;
      CREATE INDEX outgoing_document_replies_to ON outgoing_document (replies_to) WHERE replies_to IS NOT NULL;
      CREATE INDEX intake_file_entered_as ON intake_file (entered_as) WHERE entered_as IS NOT NULL;
      CREATE INDEX evidence_file_document ON evidence_file (document);
      CREATE INDEX dossier_member_of_incoming ON dossier_member (incoming) WHERE incoming IS NOT NULL;
      CREATE INDEX dossier_member_of_outgoing ON dossier_member (outgoing) WHERE outgoing IS NOT NULL;
      -- The same for a person or unit that was entered by mistake.
      CREATE INDEX incoming_document_leader ON incoming_document (leader) WHERE leader IS NOT NULL;
      CREATE INDEX handling_step_by ON handling_step (by_person) WHERE by_person IS NOT NULL;
      CREATE INDEX direction_leader ON direction (leader) WHERE leader IS NOT NULL;
      CREATE INDEX assignment_person ON assignment (person) WHERE person IS NOT NULL;
      CREATE INDEX assignment_unit ON assignment (unit) WHERE unit IS NOT NULL;
      CREATE INDEX outgoing_document_unit ON outgoing_document (unit) WHERE unit IS NOT NULL;
      CREATE INDEX dossier_access_person ON dossier_access (person) WHERE person IS NOT NULL;
      CREATE INDEX dossier_access_unit ON dossier_access (unit) WHERE unit IS NOT NULL;
    `);
  },
};
