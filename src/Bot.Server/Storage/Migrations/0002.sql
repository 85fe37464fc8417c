CREATE TABLE escalations (
  id TEXT PRIMARY KEY,
  request_key TEXT NOT NULL UNIQUE,
  conversation_key TEXT NOT NULL,
  number_key TEXT NOT NULL,
  state TEXT NOT NULL,
  body {bytes} NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX escalations_by_conversation ON escalations (conversation_key);
CREATE INDEX escalations_by_number ON escalations (number_key, created_at);
CREATE INDEX escalations_by_state ON escalations (state, changed_at);
CREATE TABLE notices (
  id TEXT PRIMARY KEY,
  escalation_id TEXT NOT NULL REFERENCES escalations (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  first_due_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  is_failing INTEGER NOT NULL DEFAULT 0,
  is_done INTEGER NOT NULL DEFAULT 0,
  receipt {bytes}
);
CREATE INDEX notices_due ON notices (due_at) WHERE is_done = 0;
CREATE INDEX notices_by_escalation ON notices (escalation_id, target);
CREATE TABLE counts (
  period TEXT NOT NULL,
  name TEXT NOT NULL,
  item TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (period, name, item)
);
