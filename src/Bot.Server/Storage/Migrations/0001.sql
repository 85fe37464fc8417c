-- Names and types for both SQLite and PostgreSQL; {bytes} is BLOB or BYTEA. Times are milliseconds since 1970, UTC.
CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  last_position BIGINT NOT NULL,
  last_activity BIGINT NOT NULL,
  lease_owner TEXT,
  lease_until BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX conversations_by_last_activity ON conversations (last_activity);
CREATE TABLE activities (
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  client_id TEXT,
  is_waiting INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  body {bytes} NOT NULL,
  PRIMARY KEY (conversation_id, position)
);
CREATE UNIQUE INDEX activities_by_client_id ON activities (conversation_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX activities_waiting ON activities (conversation_id, position) WHERE is_waiting = 1;
CREATE TABLE states (
  id TEXT PRIMARY KEY,
  body {bytes} NOT NULL,
  forget_at BIGINT NOT NULL
);
CREATE INDEX states_by_forget_at ON states (forget_at);
CREATE TABLE protection_keys (
  name TEXT PRIMARY KEY,
  xml TEXT NOT NULL
);
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  body {bytes} NOT NULL
);
