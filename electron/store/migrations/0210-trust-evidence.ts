import { driverOf } from '../db.ts';
import type { Migration } from './migration.ts';

export const trustEvidence: Migration = {
  version: 210,
  name: 'trust-evidence',
  up(db) {
    driverOf(db).exec(`
      -- Certificates at which a path may end, beside those that come with the program. Never removed, only withdrawn.
      CREATE TABLE trust_anchor (
        id TEXT NOT NULL PRIMARY KEY,
        -- SHA-256 of the certificate
        fingerprint TEXT NOT NULL,
        -- practice: added in a practice profile, and nothing anywhere else
        origin TEXT NOT NULL CHECK (origin IN ('office', 'practice')),
        -- DER as Base64
        der TEXT NOT NULL,
        reason TEXT NOT NULL,
        added_at TEXT NOT NULL,
        added_by TEXT NOT NULL,
        withdrawn_at TEXT,
        withdrawn_by TEXT,
        withdrawn_reason TEXT
      ) STRICT;
      CREATE UNIQUE INDEX trust_anchor_current ON trust_anchor (fingerprint) WHERE withdrawn_at IS NULL;

      -- Certificates of authorities that stood on a valid path once: tokens carry the person's own only.
      CREATE TABLE trust_issuer (
        fingerprint TEXT NOT NULL PRIMARY KEY,
        der TEXT NOT NULL,
        found_at TEXT NOT NULL
      ) STRICT;

      -- What authorities answered and may be used again. Who was asked about says who signs, so it lies in here.
      CREATE TABLE trust_answer (
        key TEXT NOT NULL PRIMARY KEY,
        bytes BLOB NOT NULL,
        size INTEGER NOT NULL,
        until TEXT NOT NULL,
        put_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX trust_answer_put ON trust_answer (put_at, size);

      -- What was found about a certificate before it signed.
      CREATE TABLE signer_check (
        id TEXT NOT NULL PRIMARY KEY,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        -- SHA-256 of the certificate
        certificate TEXT NOT NULL,
        result TEXT NOT NULL CHECK (result IN ('good', 'warning', 'refuse')),
        online TEXT NOT NULL CHECK (online IN ('now', 'kept', 'none')),
        status TEXT NOT NULL CHECK (status IN ('good', 'revoked', 'unknown')),
        -- the findings in full
        content TEXT NOT NULL,
        -- id of the document that was signed then
        document TEXT
      ) STRICT;
      CREATE INDEX signer_check_good ON signer_check (certificate, at) WHERE online = 'now' AND status = 'good';
      CREATE INDEX signer_check_document ON signer_check (document, at) WHERE document IS NOT NULL;
      CREATE TABLE signer_evidence (
        signer_check TEXT NOT NULL REFERENCES signer_check (id),
        ordinal INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('certificate', 'ocsp', 'crl')),
        -- SHA-256 of the certificate that it is about
        about TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (signer_check, ordinal)
      ) STRICT;
      CREATE INDEX signer_evidence_content ON signer_evidence (sha256, size);
    `);
  },
};
