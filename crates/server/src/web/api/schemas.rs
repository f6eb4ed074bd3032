//! The schemas of the interface's JSON.

use serde_json::{Map, Value, json};

/// Fields of an object: name (with `?` at its end where it may be absent), schema.
type Fields<'a> = &'a [(&'a str, Value)];

fn object(fields: Fields<'_>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, schema) in fields {
        let own = name.strip_suffix('?');
        if own.is_none() {
            required.push(*name);
        }
        properties.insert(own.unwrap_or(name).to_owned(), schema.clone());
    }
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn text(what: &str) -> Value {
    json!({ "type": "string", "description": what })
}

/// A text or nothing.
fn maybe_text(what: &str) -> Value {
    json!({ "type": ["string", "null"], "description": what })
}

fn whole(what: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": what })
}

fn moment(what: &str) -> Value {
    json!({ "type": ["integer", "null"], "minimum": 0, "description": what })
}

fn flag(what: &str) -> Value {
    json!({ "type": "boolean", "description": what })
}

fn one_of(values: &[&str], what: &str) -> Value {
    json!({ "type": "string", "enum": values, "description": what })
}

fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

fn named(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

/// A pair of texts.
fn pair(what: &str) -> Value {
    json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "string" }], "minItems": 2, "maxItems": 2, "description": what })
}

/// All schemas, by their names.
pub(super) fn schemas() -> Value {
    let phases = ["preparing", "setting-up", "open", "closed", "shuffling", "decrypting", "finished"];
    let voter = |more: Fields<'_>| {
        let own = [
            ("id", text("What the list calls the voter")),
            ("name?", text("The name")),
            ("email?", text("The address")),
            ("language", text("The language of letters")),
            ("weight", text("The weight, a whole number")),
        ];
        object(&own.iter().chain(more).cloned().collect::<Vec<_>>())
    };
    let member = |kind: &str, what: &str| {
        object(&[
            ("adil", json!({ "const": kind })),
            ("uuid", text("The election")),
            ("threshold", whole("How many members are enough")),
            ("members", whole("How many there are")),
            ("number", whole("The member's number, from 1")),
            ("message", text(what)),
        ])
    };
    let record = |kind: &str, what: &str| {
        object(&[
            ("adil", json!({ "const": kind })),
            ("uuid", text("The election")),
            ("owner", whole("The trustee's number, from 1")),
            ("record", text(what)),
        ])
    };
    json!({
        "Error": object(&[("error", text("A short name for programs")), ("message", text("A sentence for the person"))]),
        "Nothing": object(&[]),
        "Phase": one_of(&phases, "How far the election is"),
        "Board": object(&[
            ("uuid", text("The identifier")),
            ("title", text("The title")),
            ("phase", named("Phase")),
            ("opens", moment("When voting opens, in seconds since 1970")),
            ("closes", moment("When voting closes, in seconds since 1970")),
            ("entries", whole("Entries in the log")),
            ("minute", whole("The minute since 1970 of the last entry")),
            ("ballots", whole("Ballots in the log")),
            ("voters", whole("Voters on the list")),
            ("voters_with_ballot", whole("Voters with a ballot that counts")),
            ("set_aside", whole("Ballots set aside")),
            ("second_factor", flag("Whether voters confirm their ballots a second way")),
            ("fingerprint", text("The fingerprint of the election, 43 characters")),
            ("credentials", text("The fingerprint of the list of credentials")),
            ("log_key", text("The key that signs the log")),
            ("checkpoint", text("The signed state of the log, with the witnesses' cosignatures")),
            ("witnesses", list(named("Witness"))),
            ("trustees", list(text("A name"))),
            ("trustees_needed", whole("How many of them are needed")),
            ("shuffled", list(whole("A number, from 1"))),
            ("decrypted", list(whole("A number, from 1"))),
        ]),
        "Witness": object(&[
            ("name", text("The name in its key")),
            ("key", text("Its public key")),
            (
                "state",
                one_of(&["cosigned", "unanswered", "refused", "behind", "fork"], "What became of asking it last"),
            ),
            ("size", whole("How many entries it has cosigned; 0 for none")),
            ("time", moment("When, in seconds since 1970")),
        ]),
        "Booth": object(&[
            ("election", text("The election's record, byte for byte")),
            ("fingerprint", text("Its fingerprint")),
            ("credentials", text("The fingerprint of the list of credentials")),
            ("counting", list(json!({ "oneOf": [{ "type": "null" }, named("Counting")] }))),
            ("phase", named("Phase")),
            ("second_factor", flag("Whether voters confirm their ballots a second way")),
            ("log_key", text("The key that signs the log")),
            ("languages", list(text("A code, e.g. kk"))),
            ("closes", moment("When voting closes, in seconds since 1970")),
            ("can_notify", flag("Whether an address can be left that is told of ballots")),
        ]),
        "Counting": json!({
            "type": "object",
            "properties": {
                "method": one_of(&["Plurality", "Approval", "Schulze", "STV", "MajorityJudgment"], "How votes are counted"),
                "seats": whole("Seats"),
                "blank": flag("Whether a vote of zeros is blank"),
                "grades": list(text("A grade, the best first")),
            },
            "required": ["method"],
            "additionalProperties": false
        }),
        "Credential": object(&[
            ("state", one_of(&["voter", "revoked", "spare-of-nobody", "unknown"], "What it is")),
            ("weight?", text("Its weight")),
            ("revocation?", whole("The entry of the revocation")),
        ]),
        "Cast": object(&[
            ("tracker", text("The tracker")),
            ("entry", whole("The entry of the log")),
            ("minute", whole("The minute since 1970")),
            ("proof", text("The receipt, a .tlog-proof")),
            ("entry_base64", text("The bytes of the entry")),
            ("acceptance", one_of(&["none", "needed"], "Whether the ballot must be confirmed")),
            ("notice?", text("A token by which whoever cast the ballot is known: to leave an address, and beside the second factor")),
        ]),
        "Whereabouts": object(&[
            ("state", one_of(&["counted", "replaced", "set-aside", "waiting"], "What became of it")),
            ("entry", whole("Its entry")),
            ("minute", whole("Its minute since 1970")),
            ("by?", whole("The entry that replaced it or set it aside")),
            ("reason?", text("The reason of the revocation")),
            ("proof", text("The receipt, a .tlog-proof")),
            ("entry_base64", text("The bytes of the entry")),
        ]),
        "SecondFactor": object(&[
            ("tracker", text("The ballot")),
            ("voter", text("The voter's identifier or address")),
            ("notice?", text("The token of the answer to a ballot under the same code: strangers do not use its counts up")),
        ]),
        "Acceptance": object(&[
            ("tracker", text("The ballot")),
            ("voter", text("The voter's identifier or address")),
            ("code", text("The eight digits")),
            ("notice?", text("As in `SecondFactor`")),
        ]),
        "Entry": object(&[("entry", whole("The entry of the log"))]),
        "Notice": object(&[
            ("notice", text("The token of the answer to the ballot")),
            ("email", text("The address")),
            ("language", text("The language of the mail")),
        ]),
        "Draft": object(&[
            ("uuid", text("The identifier")),
            ("plan", text("The text of the plan, TOML")),
            ("organiser", text("The organiser's key")),
            ("log", text("The log's key")),
            ("acceptance?", text("The key that accepts ballots")),
        ]),
        "Voter": voter(&[]),
        "Leak": object(&[
            ("since", whole("The minute since 1970 since when codes may be known")),
            ("reason", text("The reason, for everybody to read")),
            ("all", flag("Whether all codes are meant")),
            ("voters", list(text("Whose codes are meant"))),
        ]),
        "Authority": object(&[
            ("draft", named("Draft")),
            ("title", text("The title")),
            ("questions", list(json!({ "type": "object" }))),
            ("languages", list(text("A code"))),
            ("has_weights", flag("Whether voters have weights")),
            ("spares_percent", whole("Spare codes, in percent of the voters")),
            ("vote_at", text("Where voters vote")),
            ("check_at", text("The board")),
            ("opens", maybe_text("RFC 3339")),
            ("closes", maybe_text("RFC 3339")),
            ("organiser_name", maybe_text("Who organises")),
            ("authority_name", maybe_text("Who the authority is")),
            ("voters", list(named("Voter"))),
            ("fingerprint", maybe_text("The fingerprint of the lists, once they are in")),
            ("phase", named("Phase")),
            ("leak", json!({ "oneOf": [{ "type": "null" }, named("Leak")] })),
            ("free_spares", list(object(&[("credential", text("A spare")), ("weight", text("Its weight"))]))),
            ("revoked", list(object(&[("credential", text("The revoked one")), ("spare", text("The spare in its place"))]))),
        ]),
        "CredentialLists": object(&[
            ("adil", json!({ "const": "credential-lists/1" })),
            ("uuid", text("The election")),
            ("credentials", text("The list of public credentials")),
            ("spares", text("The list of the spare ones")),
            ("statement", text("The signed statement, a note")),
        ]),
        "Revocations": object(&[
            ("adil", json!({ "const": "revocations/1" })),
            ("uuid", text("The election")),
            ("notes", list(text("A signed note"))),
        ]),
        "RevocationsWithOrders": object(&[
            ("message", text("The text of a message Revocations")),
            ("orders", list(pair("The voter, and the spare that the voter gets"))),
        ]),
        "Spares": object(&[
            ("draft", named("Draft")),
            ("title", text("The title")),
            ("questions", list(json!({ "type": "object" }))),
            ("vote_at", text("Where voters vote")),
            ("check_at", text("The board")),
            ("has_weights", flag("Whether voters have weights")),
            ("orders", list(voter(&[("spare", text("The spare credential"))]))),
        ]),
        "Trustee": object(&[
            ("draft", named("Draft")),
            ("title", text("The title")),
            ("name", text("The trustee's name")),
            ("number", whole("The trustee's number, from 1")),
            ("threshold?", whole("How many are enough; absent for single trustees")),
            ("members?", whole("How many there are; absent for single trustees")),
            ("names", list(text("A name"))),
            ("step", one_of(
                &[
                    "key", "wait-certificates", "contribute", "wait-contributions", "finish", "wait-setup", "rehearse",
                    "wait-open", "voting", "wait-tally", "wait-shuffle", "shuffle", "wait-decrypt", "decrypt", "done",
                ],
                "What comes next",
            )),
            ("waiting_for", list(whole("A number"))),
            ("certificates", list(text("A record"))),
            ("contributions", list(text("A record"))),
            ("rehearsal?", object(&[
                ("election", text("The election's record")),
                ("trustees", text("The trustees' record")),
                ("credentials", text("The list of public credentials")),
            ])),
            ("tally?", text("The encrypted tally, byte for byte")),
            ("shuffles", list(text("A record"))),
            ("phase", named("Phase")),
        ]),
        "TrusteeMessage": json!({ "oneOf": [
            object(&[
                ("adil", json!({ "const": "trustee/1" })),
                ("uuid", text("The election")),
                ("record", text("The public record")),
            ]),
            member("certificate/1", "The certificate"),
            member("contribution/1", "The contribution"),
            member("finished/1", "The member's public key"),
            record("rehearsed/1", "The answer to the rehearsal"),
            record("shuffle/1", "The shuffle with its proof"),
            record("decryption/1", "The partial decryption with its proofs"),
        ] }),
    })
}
