// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/schema.h"

namespace clinic::server {
namespace {

constexpr const char *statements[] = {
    "CREATE TABLE IF NOT EXISTS server_schema (version bigint PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS hospital (hospital_id bytea PRIMARY KEY, name text NOT NULL, created_at "
    "bigint NOT "
    "NULL)",
    // Every push locks this row last: commits are numbered in their order.
    "CREATE TABLE IF NOT EXISTS hospital_head (hospital_id bytea PRIMARY KEY, epoch bytea NOT NULL, head "
    "bigint NOT "
    "NULL)",
    "CREATE TABLE IF NOT EXISTS record (hospital_id bytea NOT NULL, entity text NOT NULL, id bytea NOT NULL, "
    "scope "
    "text NOT NULL, parent bytea, branch bytea, created_at bigint NOT NULL, created_by bytea, updated_at "
    "bigint NOT "
    "NULL, updated_by bytea, device bytea, fields text NOT NULL, rv bigint NOT NULL, seq bigint NOT NULL, "
    "PRIMARY KEY "
    "(hospital_id, entity, id))",
    "CREATE INDEX IF NOT EXISTS record_by_parent ON record (hospital_id, entity, parent)",
    "CREATE INDEX IF NOT EXISTS record_by_seq ON record (hospital_id, seq, entity, id)",
    "CREATE TABLE IF NOT EXISTS change_log (hospital_id bytea NOT NULL, seq bigint NOT NULL, ord bigint NOT "
    "NULL, scope "
    "text NOT NULL, body text NOT NULL, device bytea, g bigint NOT NULL, at bigint NOT NULL, PRIMARY KEY "
    "(hospital_id, "
    "seq, ord))",
    "CREATE INDEX IF NOT EXISTS change_log_by_scope ON change_log (hospital_id, scope, seq)",
    "CREATE TABLE IF NOT EXISTS applied_change (hospital_id bytea NOT NULL, device bytea NOT NULL, g bigint "
    "NOT NULL, "
    "hash bytea NOT NULL, status text NOT NULL, seq bigint NOT NULL, code text, detail text, at bigint NOT "
    "NULL, "
    "PRIMARY KEY (hospital_id, device, g))",
    "CREATE TABLE IF NOT EXISTS quarantine (hospital_id bytea NOT NULL, device bytea NOT NULL, g bigint NOT "
    "NULL, code "
    "text NOT NULL, body text NOT NULL, at bigint NOT NULL, PRIMARY KEY (hospital_id, device, g))",
    "CREATE TABLE IF NOT EXISTS slot_claim (hospital_id bytea NOT NULL, resource bytea NOT NULL, slot bigint "
    "NOT NULL, "
    "lane bigint NOT NULL, owner bytea NOT NULL, PRIMARY KEY (hospital_id, resource, slot, lane))",
    "CREATE INDEX IF NOT EXISTS slot_claim_by_owner ON slot_claim (hospital_id, owner)",
    "CREATE TABLE IF NOT EXISTS device (hospital_id bytea NOT NULL, id bytea NOT NULL, number bigint NOT "
    "NULL, name text "
    "NOT NULL, sign_key bytea NOT NULL, box_key bytea, scopes text NOT NULL, state text NOT NULL, may_upload "
    "bigint NOT "
    "NULL, next_n bigint NOT NULL, last_contact bigint NOT NULL, created_at bigint NOT NULL, PRIMARY KEY "
    "(hospital_id, "
    "id))",
    "CREATE TABLE IF NOT EXISTS enrolment_code (hospital_id bytea NOT NULL, proof_hash bytea NOT NULL, "
    "wrapped text, "
    "scopes text NOT NULL, expires_at bigint NOT NULL, used_at bigint NOT NULL, first bigint NOT NULL, "
    "PRIMARY KEY (hospital_id, "
    "proof_hash))",
    "CREATE TABLE IF NOT EXISTS token_family (hospital_id bytea NOT NULL, device bytea NOT NULL, "
    "current_hash bytea NOT "
    "NULL, previous_hash bytea, rotated_at bigint NOT NULL, revoked bigint NOT NULL, PRIMARY KEY "
    "(hospital_id, device))",
    "CREATE TABLE IF NOT EXISTS audit_chain (hospital_id bytea NOT NULL, device bytea NOT NULL, n bigint NOT "
    "NULL, hash "
    "bytea NOT NULL, body text NOT NULL, at bigint NOT NULL, PRIMARY KEY (hospital_id, device, n))",
    // Permissions at each number: rows of users, roles and permissions, with every state they had.
    "CREATE TABLE IF NOT EXISTS access_history (hospital_id bytea NOT NULL, entity text NOT NULL, id bytea "
    "NOT "
    "NULL, seq bigint NOT NULL, parent bytea, device bytea, fields text NOT NULL, PRIMARY KEY (hospital_id, "
    "entity, id, seq))",
    "CREATE INDEX IF NOT EXISTS access_history_by_parent ON access_history (hospital_id, entity, parent)",
    "INSERT INTO server_schema VALUES (1) ON CONFLICT DO NOTHING",
};

// Migrations, each run once by the first instance.
struct Step
{
    int version;
    std::vector<const char *> statements;
};
const std::vector<Step> &steps()
{
    static const std::vector<Step> all{
        {2,
         {// The patient whose chart a row belongs to, and the charts of other branches that a PC asked for.
          "ALTER TABLE record ADD COLUMN patient bytea", "ALTER TABLE change_log ADD COLUMN patient bytea",
          "CREATE INDEX record_by_patient ON record (hospital_id, patient, seq)",
          // Scopes that an administrator chose for a PC; they apply once the PC has begun anew.
          "ALTER TABLE device ADD COLUMN wished text NOT NULL DEFAULT ''",
          ("CREATE TABLE device_chart (hospital_id bytea NOT NULL, device bytea NOT NULL, patient bytea NOT "
           "NULL, "
           "since bigint NOT NULL, PRIMARY KEY (hospital_id, device, patient))")}},
        // The change log is deleted up to here: a PC that is behind begins anew.
        {3, {"ALTER TABLE hospital_head ADD COLUMN log_floor bigint NOT NULL DEFAULT 0"}},
        // Sealed pieces of documents; the rows of documents say whose they are.
        {4,
         {("CREATE TABLE blob_piece (hospital_id bytea NOT NULL, content text NOT NULL, n bigint NOT NULL, "
           "data "
           "bytea NOT NULL, at bigint NOT NULL, PRIMARY KEY (hospital_id, content, n))")}},
        // Leases; their slots are in slot_claim under the lease's id.
        {5,
         {("CREATE TABLE slot_lease (hospital_id bytea NOT NULL, id bytea NOT NULL, device bytea NOT NULL, "
           "resource "
           "bytea NOT NULL, from_at bigint NOT NULL, to_at bigint NOT NULL, PRIMARY KEY (hospital_id, id))"),
          "CREATE INDEX slot_lease_by_resource ON slot_lease (hospital_id, resource, from_at)"}},
        // When a PC was reported lost, and when it confirmed the removal.
        {6,
         {"ALTER TABLE device ADD COLUMN lost_at bigint NOT NULL DEFAULT 0",
          "ALTER TABLE device ADD COLUMN wiped_at bigint NOT NULL DEFAULT 0"}},
        // The subject of an event; empty = none, null = older than this column.
        {7,
         {"ALTER TABLE audit_chain ADD COLUMN subject bytea",
          "CREATE INDEX audit_chain_by_subject ON audit_chain (hospital_id, subject, at)"}},
        // Data keys after a hospital's first, which PC has which of them or a grant for it, and how far
        // older data has been sealed anew ('' = all of it).
        {8,
         {"ALTER TABLE device ADD COLUMN box_proof bytea",
          ("CREATE TABLE data_key (hospital_id bytea NOT NULL, key_id bigint NOT NULL, at bigint NOT NULL, "
           "PRIMARY KEY (hospital_id, key_id))"),
          ("CREATE TABLE device_key (hospital_id bytea NOT NULL, device bytea NOT NULL, key_id bigint NOT "
           "NULL, sealed bytea, held bigint NOT NULL, PRIMARY KEY (hospital_id, device, key_id))"),
          // What a PC reports about itself, and who has worked on it.
          "ALTER TABLE device ADD COLUMN system text NOT NULL DEFAULT ''",
          "ALTER TABLE device ADD COLUMN version text NOT NULL DEFAULT ''",
          ("CREATE TABLE device_user (hospital_id bytea NOT NULL, device bytea NOT NULL, user_id bytea NOT "
           "NULL, at bigint NOT NULL, PRIMARY KEY (hospital_id, device, user_id))"),
          // All keys, sealed to the hospital's recovery key; and the PC that used a code.
          ("CREATE TABLE paper_key (hospital_id bytea NOT NULL, id text NOT NULL, sealed bytea NOT NULL, at "
           "bigint NOT NULL, PRIMARY KEY (hospital_id))"),
          "ALTER TABLE enrolment_code ADD COLUMN device bytea",
          // A repeated enrolment request must not end the tokens of a PC that has gone on.
          "ALTER TABLE token_family ADD COLUMN used bigint NOT NULL DEFAULT 1",
          "ALTER TABLE token_family ADD COLUMN spare_hash bytea",
          ("CREATE TABLE key_walk (hospital_id bytea NOT NULL, position text NOT NULL, again bigint NOT "
           "NULL, "
           "worker bytea, worker_at bigint NOT NULL, PRIMARY KEY (hospital_id))")}},
        // The actor; empty = nobody was signed in, null = older than this column.
        {9,
         {"ALTER TABLE audit_chain ADD COLUMN actor bytea",
          "CREATE INDEX audit_chain_by_actor ON audit_chain (hospital_id, actor, at)",
          // One-time codes; kept for a day to count them.
          ("CREATE TABLE one_time_code (hospital_id bytea NOT NULL, actor bytea NOT NULL, at bigint NOT "
           "NULL, "
           "hash bytea NOT NULL, tries bigint NOT NULL, used bigint NOT NULL, PRIMARY KEY (hospital_id, "
           "actor, "
           "at))"),
          // Commands on the server's own machine.
          ("CREATE TABLE operation_log (hospital_id bytea NOT NULL, n bigint NOT NULL, at bigint NOT NULL, "
           "who "
           "text NOT NULL, what text NOT NULL, about text NOT NULL, version text NOT NULL, PRIMARY KEY "
           "(hospital_id, n))")}},
        // The device that a restored file was before. And keys that PCs claim to have, for a server restored
        // from before they were made: they count less than keys made here.
        {10,
         {"ALTER TABLE device ADD COLUMN predecessor bytea",
          "ALTER TABLE data_key ADD COLUMN claimed bigint NOT NULL DEFAULT 0"}},
        // Bytes of audit events that a PC sent since it was shut out.
        {11, {"ALTER TABLE device ADD COLUMN late_audit bigint NOT NULL DEFAULT 0"}},
    };
    return all;
}

} // namespace

Result<void> migrateSchema(SqlSession &session)
{
    for (const char *statement : statements) {
        if (auto done = session.run(statement); !done)
            return fail(done);
    }
    for (const Step &step : steps()) {
        const auto mine =
            session.run("INSERT INTO server_schema VALUES ($1) ON CONFLICT DO NOTHING RETURNING version",
                        {Value{qint64(step.version)}});
        if (!mine)
            return fail(mine);
        if (mine->isEmpty())
            continue;
        for (const char *statement : step.statements) {
            if (auto done = session.run(statement); !done)
                return fail(done);
        }
    }
    return {};
}

const QList<QByteArray> &tenantTables()
{
    static const QList<QByteArray> tables{
        "hospital_head", "record",         "change_log",   "applied_change", "quarantine",     "slot_claim",
        "device",        "enrolment_code", "token_family", "audit_chain",    "access_history", "device_chart",
        "blob_piece",    "slot_lease",     "data_key",     "device_key",     "key_walk",       "device_user",
        "paper_key",     "one_time_code",  "operation_log"};
    return tables;
}

} // namespace clinic::server
