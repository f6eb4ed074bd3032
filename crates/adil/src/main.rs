//! The command line: one file a command.
//!
//! Exit status: 0 done; 1 a statement of those who ran the election is contradicted; 2 the input or the call could not
//! be used.

mod arguments;
mod audited;
mod boards;
mod commands;
mod compared;
mod failure;
mod hold;
mod logs;
mod output;
mod progress;
mod screen;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};

fn main() -> ExitCode {
    // clap ends a call that it cannot read with status 2, and --help with 0, as the table above wants.
    let outcome = match Arguments::parse().command {
        Command::Demo(demo) => commands::demo::run(&demo),
        Command::Election(election) => commands::election::run(&election),
        Command::Check(check) => commands::check::run(&check),
        Command::Init(init) => commands::init::run(&init),
        Command::Simulate(simulate) => commands::simulate::run(&simulate),
        Command::Explain(explain) => commands::explain::run(&explain),
        Command::Export(export) => commands::export::run(&export),
        Command::Forecast(forecast) => commands::forecast::run(&forecast),
        Command::Form(form) => commands::form::run(&form),
        Command::Quickcount(quickcount) => commands::quickcount::run(&quickcount),
        Command::Dossier(dossier) => commands::dossier::run(&dossier),
        Command::Publish(publish) => commands::publish::run(&publish),
        Command::Log(log) => commands::log::run(&log),
        Command::Serve(serve) => commands::serve::run(&serve),
        Command::Doctor(doctor) => commands::operate::examine(&doctor),
        Command::Backup(backup) => commands::operate::back_up(&backup),
        Command::Restore(restore) => commands::operate::restore(&restore),
        Command::Account(account) => commands::operate::account(&account),
    };
    match outcome {
        Ok(status) => status,
        Err(failure) => {
            screen::error(&failure);
            ExitCode::from(2)
        }
    }
}
