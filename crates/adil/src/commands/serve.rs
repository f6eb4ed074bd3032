//! `adil serve`: elections on the web.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use adil_server::{Config, MailRoute, OidcSettings};
use clap::Args;

use super::log::trust;
use crate::failure::Failure;
use crate::screen;

/// Arguments of `adil serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// The address that people use, where a proxy stands in front
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// The folder of the server's secret and the embedded database
    #[arg(long, value_name = "FOLDER", default_value = "adil-data")]
    pub(crate) data: PathBuf,
    /// A PostgreSQL database, in place of the embedded one: postgres://user@host/name
    #[arg(long, value_name = "URL", env = "ADIL_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// The mail server: smtp://user:password@host:587?tls=required, smtps://…, or file:FOLDER. Without it mail is written to
    /// files in the data folder
    #[arg(long, value_name = "URL", env = "ADIL_SMTP", hide_env_values = true)]
    pub(crate) smtp: Option<String>,
    /// The sender of mail
    #[arg(long, value_name = "ADDRESS", default_value = "adil <adil@localhost>")]
    pub(crate) mail_from: String,
    /// Let everybody make an account whose address mail reaches
    #[arg(long)]
    pub(crate) open_registration: bool,
    /// Let organisers sign in at an OpenID provider too, as this TOML file says: issuer, client_id, client_secret or
    /// client_secret_file, name; and where wanted domains, required = { claim, value }, scopes. The provider can sign in as
    /// every organiser whose address it says it has verified
    #[arg(long, value_name = "FILE")]
    pub(crate) oidc: Option<PathBuf>,
    /// Hold a sample election that everybody may try, also as its organiser; the front page says how. Mail is written to
    /// files
    #[arg(long, conflicts_with = "smtp")]
    pub(crate) demo: bool,
    /// How many proxies stand in front, whose X-Forwarded-For is believed
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) proxies: u8,
    /// Ask the witnesses in this policy to cosign the logs: those that have an address there
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    /// Serve figures for Prometheus at this address besides; without it only this machine gets them, at /metrics
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) metrics: Option<SocketAddr>,
}

/// Serves until it is asked to end.
pub(crate) fn run(serve: &Serve) -> Result<ExitCode, Failure> {
    let oidc = serve.oidc.as_deref().map(OidcSettings::read).transpose();
    let config = Config {
        listen: serve.listen,
        base_url: serve.base_url.as_deref().unwrap_or_default().trim_end_matches('/').to_owned(),
        data: serve.data.clone(),
        database: serve.database.clone(),
        mail: serve.smtp.as_deref().map_or(MailRoute::Files, MailRoute::of),
        mail_from: serve.mail_from.clone(),
        open_registration: serve.open_registration,
        oidc: oidc.map_err(|error| Failure::Serve(error.to_string()))?,
        is_demo: serve.demo,
        proxies: serve.proxies,
        policy: serve.policy.as_deref().map(trust::policy_file).transpose()?.map(Arc::new),
        metrics: serve.metrics,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Serve(error.to_string()))?;
    adil_server::start_logging();
    let served = runtime.block_on(adil_server::serve(config, |ready| {
        let mut text = format!("adil serves {} (listening on {})\n", ready.base_url, ready.address);
        if let Some(link) = &ready.set_up_link {
            text += &format!("There is no account yet. Make the first one within 24 hours:\n{link}\n");
        }
        if let Some(folder) = &ready.mail_folder {
            text += &format!("Mail does not go out: letters are written to {}\n", folder.display());
        }
        let _ = screen::print_cleaned(&text);
    }));
    served.map_err(|error| Failure::Serve(error.to_string()))?;
    Ok(ExitCode::SUCCESS)
}
