//! Elections held on the web: the pages of organisers, credential authorities, trustees, voters and the public; the log
//! of each election; mail. Stores in SQLite or PostgreSQL.
//!
//! The layers, each of which uses only those below it: `web` (pages and the programs' interface), `service` (what people
//! can do), `board` (the log, and the ballots that come into it), `accounts` and `mail`, `store` (tables). The election
//! itself, its rules and its cryptography are in `adil-election` and below.

pub mod accounts;
mod app;
mod board;
mod bundle;
mod config;
mod demo;
mod fault;
mod figures;
mod kept;
mod limits;
pub mod mail;
mod moment;
pub mod operate;
pub mod sample;
mod secret;
mod serve;
pub mod service;
mod store;
pub mod system;
mod texts;
mod web;

pub use accounts::OidcSettings;
pub use app::App;

pub use config::{Config, MailRoute};
pub use demo::PLAN as DEMO_PLAN;
pub use fault::ServerError;
pub use secret::{ElectionKeys, ServerSecret};
pub use serve::{Ready, serve, start_logging};
pub use store::{Dialect, Store};
pub use texts::Tongue;
pub use web::router;
