//! The commands.

pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod dossier;
pub(crate) mod election;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod forecast;
pub(crate) mod form;
pub(crate) mod init;
pub(crate) mod log;
pub(crate) mod operate;
pub(crate) mod publish;
pub(crate) mod quickcount;
pub(crate) mod serve;
pub(crate) mod simulate;
