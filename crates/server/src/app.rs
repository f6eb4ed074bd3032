//! What every request needs: the configuration, the database, the secret, the boards.

use std::sync::Arc;
use std::time::Duration;

use crate::accounts::{Hasher, OidcProvider};
use crate::board::Boards;
use crate::figures::Figures;
use crate::kept::Kept;
use crate::limits::Limits;
use crate::mail::Post;
use crate::service::CountedResult;
use crate::texts::Texts;
use crate::{Config, ServerError, ServerSecret, Store};

/// How long a result is kept.
const RESULTS_STAY: Duration = Duration::from_secs(3_600);

/// The server, shared by all requests.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// See [`App`].
pub struct Parts {
    /// What the operator decided.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// The secret that keys are worked out from.
    pub secret: ServerSecret,
    /// The logs of elections, in memory.
    pub boards: Boards,
    /// Everything that people read, in all languages.
    pub texts: Texts,
    /// The way out for letters.
    pub mail: Post,
    /// Passwords are worked on by few at once.
    pub(crate) hasher: Hasher,
    /// The OpenID provider, where the operator has named one.
    pub(crate) provider: Option<OidcProvider>,
    /// How much each network may ask for.
    pub(crate) limits: Limits,
    /// How much of what arrives is in memory.
    pub(crate) bodies: crate::web::Bodies,
    /// Answers that many ask for at once.
    pub(crate) answers: crate::web::Answers,
    /// Results, which do not change: counting rankings of many voters takes its time.
    pub(crate) results: Kept<Arc<CountedResult>>,
    /// Figures for operators.
    pub(crate) figures: Figures,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Opens the data folder and the database.
    ///
    /// # Errors
    /// One of them cannot be opened, or they do not belong together.
    pub async fn open(config: Config) -> Result<Self, ServerError> {
        std::fs::create_dir_all(&config.data)
            .map_err(|error| ServerError::System(format!("{}: {error}", config.data.display())))?;
        let path = config.data.join("secret");
        let store = Store::open(config.database.as_deref(), &config.data).await?;
        if !path.exists() && store.secret_mark().await?.is_some() {
            let text = "is not there, and the database was made with a secret: bring that one here, as it lies in the \
                        data folder of the server before, or in its backup";
            return Err(ServerError::Config(format!("{}: {text}", path.display())));
        }
        let secret = ServerSecret::open(&path)?;
        if store.keep_secret_mark(&secret.mark()).await? != secret.mark() {
            let text =
                "is not the secret that the database was made with: links, codes and logs would not fit together";
            return Err(ServerError::Config(format!("{}: {text}", path.display())));
        }
        let boards = Boards::new(store.clone(), secret.clone());
        let texts = Texts::built_in()?;
        let mail = Post::new(&config)?;
        let provider = match &config.oidc {
            Some(settings) => Some(OidcProvider::new(settings.clone(), &config.base_url)?),
            None => None,
        };
        let (hasher, limits, figures) = (Hasher::default(), Limits::default(), Figures::default());
        let bodies = crate::web::Bodies::default();
        let (answers, results) = (crate::web::Answers::default(), Kept::new(RESULTS_STAY));
        Ok(Self(Arc::new(Parts {
            config,
            store,
            secret,
            boards,
            texts,
            mail,
            hasher,
            provider,
            limits,
            bodies,
            answers,
            results,
            figures,
        })))
    }
}
