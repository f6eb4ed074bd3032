//! Listening, and ending in an orderly way: requests that have begun are answered.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::{App, Config, ServerError, mail, operate, service, web};

/// How long requests that have begun may take once the process was asked to end.
const LAST_ANSWERS: Duration = Duration::from_secs(20);

/// What is told once the server listens.
#[derive(Clone)]
pub struct Ready {
    /// The address.
    pub address: SocketAddr,
    /// The address that people use.
    pub base_url: String,
    /// The link that makes the first account, where there is no account yet. It is a secret.
    pub set_up_link: Option<String>,
    /// The folder that letters are written to, where they do not go out.
    pub mail_folder: Option<std::path::PathBuf>,
}

impl std::fmt::Debug for Ready {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Ready").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Writes what happens to standard error, as lines of JSON, without personal data. `ADIL_LOG` says how much, e.g. `warn`.
pub fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ADIL_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter);
    let _ = subscriber.with_writer(std::io::stderr).try_init();
}

/// Serves until the process is asked to end. `ready` is told once it listens.
///
/// # Errors
/// The data, the database or the address cannot be opened.
pub async fn serve(config: Config, ready: impl FnOnce(&Ready)) -> Result<(), ServerError> {
    let (listen, metrics) = (config.listen, config.metrics);
    let listener = bind(listen).await?;
    let address = listener.local_addr().map_err(|error| failed(listen, &error))?;
    let mut config = config;
    if config.base_url.is_empty() {
        config.base_url = own_url(address);
    }
    let app = App::open(config).await?;
    if app.config.is_demo {
        app.hold_demo().await?;
    }
    if app.config.lacks_proxies() {
        tracing::warn!("a proxy stands in front, and is not named (--proxies): nobody is limited by network");
    }
    let set_up_link = app.set_up_link().await?;
    let (base_url, mail_folder) = (app.config.base_url.clone(), app.mail.folder().cloned());
    ready(&Ready { address, base_url, set_up_link, mail_folder });

    let (stopper, stop) = watch::channel(false);
    let mut beside = tokio::task::JoinSet::new();
    let (of, until) = (app.clone(), stop.clone());
    beside.spawn(again("mail", move || mail::keep_sending(of.clone(), until.clone())));
    let (of, until) = (app.clone(), stop.clone());
    beside.spawn(again("tidying up", move || operate::keep_clean(of.clone(), until.clone())));
    let (of, until) = (app.clone(), stop.clone());
    beside.spawn(again("elections", move || service::keep_ticking(of.clone(), until.clone())));
    let (of, until) = (app.clone(), stop.clone());
    beside.spawn(again("witnesses", move || service::keep_asking(of.clone(), until.clone())));
    if let Some(metrics) = metrics {
        let (listener, router) = (bind(metrics).await?, web::metrics_router(app.clone()));
        beside.spawn(listen_until(listener, router, stop.clone()));
    }
    let main = tokio::spawn(listen_until(listener, web::router(app), stop));
    asked_to_end().await;
    let _ = stopper.send(true);
    let ended = tokio::time::timeout(LAST_ANSWERS, async {
        let _ = main.await;
        while beside.join_next().await.is_some() {}
    });
    if ended.await.is_err() {
        tracing::warn!("some requests were not answered in time");
    }
    Ok(())
}

/// Does what is to be done as long as the server runs; begins again after a panic.
async fn again<F>(what: &'static str, work: impl Fn() -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    while let Err(error) = tokio::spawn(work()).await {
        tracing::error!(%error, what, "ended by itself, and begins again");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// The address of a server that nothing stands in front of; of this machine where it listens everywhere.
fn own_url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

fn failed(address: SocketAddr, error: &std::io::Error) -> ServerError {
    ServerError::System(format!("{address}: {error}"))
}

async fn bind(address: SocketAddr) -> Result<TcpListener, ServerError> {
    TcpListener::bind(address).await.map_err(|error| failed(address, &error))
}

async fn listen_until(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let asked = async move {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(asked).await {
        tracing::error!(error = %error, "listening ended");
    }
}

async fn asked_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupt.await;
}
