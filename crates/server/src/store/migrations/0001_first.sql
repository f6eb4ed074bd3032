-- One text for both databases: BLOB is written as {bytes}, the time is in whole seconds or minutes since 1970.
-- What must stay secret is not here: keys are worked out from the server's own secret, which lies outside.

-- By which the secret is known that belongs to this database; the secret does not follow from it.
CREATE TABLE secret_mark (
  one BIGINT PRIMARY KEY,
  mark {bytes} NOT NULL
);

CREATE TABLE organiser (
  id BIGINT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  language TEXT NOT NULL,
  password TEXT,
  totp TEXT,
  totp_step BIGINT NOT NULL DEFAULT 0,
  created BIGINT NOT NULL
);

-- Who organisers are at OpenID providers: one person at each.
CREATE TABLE identity (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  organiser BIGINT NOT NULL REFERENCES organiser (id) ON DELETE CASCADE,
  created BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject),
  UNIQUE (organiser, issuer)
);

CREATE TABLE session (
  token {bytes} PRIMARY KEY,
  organiser BIGINT REFERENCES organiser (id),
  csrf TEXT NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL
);

CREATE TABLE session_grant (
  session {bytes} NOT NULL REFERENCES session (token) ON DELETE CASCADE,
  election TEXT NOT NULL,
  role TEXT NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (session, election, role, number)
);

-- `creates`: whether it may make an account; without an address it makes the first one. `issuer`, `subject`: who has signed in at a
-- provider and still owes the code of the app.
CREATE TABLE sign_in_link (
  token {bytes} PRIMARY KEY,
  email TEXT NOT NULL,
  creates BIGINT NOT NULL DEFAULT 0,
  issuer TEXT,
  subject TEXT,
  expires BIGINT NOT NULL
);

CREATE TABLE attempt (
  subject TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  free_at BIGINT NOT NULL
);

CREATE TABLE election (
  uuid TEXT PRIMARY KEY,
  organiser BIGINT NOT NULL REFERENCES organiser (id),
  title TEXT NOT NULL,
  plan TEXT NOT NULL,
  draft TEXT,
  settings TEXT NOT NULL,
  assembled TEXT,
  opens BIGINT,
  closes BIGINT,
  created BIGINT NOT NULL,
  -- Whether the front page lists it once it is fixed; as the settings say.
  listed BIGINT NOT NULL DEFAULT 1,
  -- When the result was found to be published: nothing happens by itself any more.
  finished BIGINT,
  -- When its organiser had the personal data deleted.
  erased BIGINT
);

CREATE INDEX election_listed ON election (listed, created);

CREATE TABLE voter (
  election TEXT NOT NULL REFERENCES election (uuid) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  id TEXT NOT NULL,
  name TEXT,
  email TEXT,
  language TEXT NOT NULL,
  weight TEXT NOT NULL,
  credential TEXT,
  PRIMARY KEY (election, position),
  UNIQUE (election, id)
);

-- The spare credentials of elections in which the server is the authority: which one the code at a place is of.
CREATE TABLE spare (
  election TEXT NOT NULL REFERENCES election (uuid) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  credential TEXT NOT NULL,
  PRIMARY KEY (election, position),
  UNIQUE (election, credential)
);

CREATE TABLE role_link (
  election TEXT NOT NULL REFERENCES election (uuid) ON DELETE CASCADE,
  role TEXT NOT NULL,
  number BIGINT NOT NULL,
  -- The token follows from the server's secret and this number: a new number is a new link.
  generation BIGINT NOT NULL,
  token {bytes} NOT NULL UNIQUE,
  name TEXT NOT NULL,
  email TEXT,
  PRIMARY KEY (election, role, number)
);

CREATE TABLE role_message (
  election TEXT NOT NULL REFERENCES election (uuid) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  number BIGINT NOT NULL,
  message TEXT NOT NULL,
  received BIGINT NOT NULL,
  PRIMARY KEY (election, kind, number)
);

-- The log: what is committed is what log_head says.
CREATE TABLE log_head (
  election TEXT PRIMARY KEY REFERENCES election (uuid),
  size BIGINT NOT NULL,
  checkpoint TEXT NOT NULL
);

CREATE TABLE log_entry (
  election TEXT NOT NULL REFERENCES log_head (election),
  number BIGINT NOT NULL,
  bytes {bytes} NOT NULL,
  PRIMARY KEY (election, number)
);

CREATE TABLE log_object (
  election TEXT NOT NULL REFERENCES log_head (election),
  digest {bytes} NOT NULL,
  bytes {bytes} NOT NULL,
  PRIMARY KEY (election, digest)
);

-- What the witness with that key has cosigned of a log last, and what became of asking it.
CREATE TABLE witness (
  election TEXT NOT NULL REFERENCES log_head (election) ON DELETE CASCADE,
  key TEXT NOT NULL,
  size BIGINT NOT NULL,
  checkpoint TEXT NOT NULL,
  cosignature TEXT NOT NULL,
  state TEXT NOT NULL,
  due BIGINT NOT NULL,
  PRIMARY KEY (election, key)
);

CREATE TABLE leak (
  election TEXT PRIMARY KEY REFERENCES election (uuid) ON DELETE CASCADE,
  since BIGINT NOT NULL,
  reason TEXT NOT NULL,
  voters TEXT NOT NULL,
  declared BIGINT NOT NULL
);

-- Which credential a voter has proven to be hers by the second way.
CREATE TABLE proven_voter (
  election TEXT NOT NULL REFERENCES election (uuid) ON DELETE CASCADE,
  voter TEXT NOT NULL,
  credential TEXT NOT NULL,
  PRIMARY KEY (election, voter),
  UNIQUE (election, credential)
);

CREATE TABLE second_factor (
  election TEXT NOT NULL REFERENCES election (uuid) ON DELETE CASCADE,
  tracker TEXT NOT NULL,
  voter TEXT NOT NULL,
  code {bytes} NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (election, tracker, voter)
);

-- Who wants to be told of every ballot under a credential.
CREATE TABLE notice (
  election TEXT NOT NULL REFERENCES election (uuid) ON DELETE CASCADE,
  credential TEXT NOT NULL,
  email TEXT NOT NULL,
  language TEXT NOT NULL,
  PRIMARY KEY (election, credential, email)
);

CREATE TABLE mail (
  id TEXT PRIMARY KEY,
  election TEXT,
  recipient TEXT NOT NULL,
  language TEXT NOT NULL,
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  due BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  locked_until BIGINT NOT NULL DEFAULT 0,
  sent BIGINT,
  failure TEXT,
  given_up BIGINT,
  -- Only with the server's secret can a letter be put here that is sent.
  mac {bytes}
);
CREATE INDEX mail_due ON mail (sent, due);
CREATE INDEX mail_election ON mail (election);

-- Sample elections to try; the sealed file of the trustee is empty for one that is over from the start.
CREATE TABLE demo (
  election TEXT PRIMARY KEY REFERENCES election (uuid) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  key_file TEXT NOT NULL
);
